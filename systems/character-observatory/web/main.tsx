import 'page-kit/style.css'
import './style.css'
import { mount } from 'page-kit'
import { service } from './api.ts'
import { App } from './app.tsx'

mount(<App />, service.queryClient)
