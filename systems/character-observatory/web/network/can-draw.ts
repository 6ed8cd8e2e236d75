/** Whether this browser draws with WebGL; without it there is the table. */
export const canDraw: boolean = hasWebGl()

function hasWebGl(): boolean {
  const context = document.createElement('canvas').getContext('webgl2')
  // Browsers keep only some contexts, and this one has done what it is for.
  context?.getExtension('WEBGL_lose_context')?.loseContext()
  return context !== null
}
