/** Where the pages are. */
export const paths = {
  ecosystems: '/ecosystems',
} as const

export const ecosystemPath = (id: string): string => `${paths.ecosystems}/${encodeURIComponent(id)}`
