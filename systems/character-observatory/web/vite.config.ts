import { pagesConfig } from 'page-kit/vite'

export default pagesConfig('../dist/web')
