import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { failPattern } from './error.ts'
import { webAssembly } from './web-assembly.ts'

/**
 * TA-Lib itself (the C library, as the WebAssembly module of the package `talib-web`). The package's
 * own wrapper is not used, for three reasons (0.1.3): it never initializes TA-Lib, so that every
 * candle setting is zero; it reads the whole numbers of the candlestick functions as fractions; and
 * it gives the process handlers of its own for uncaught errors. So the module is instantiated here,
 * and gets TA-Lib's default settings.
 */
export interface TaLib {
  /** The names of the candlestick functions, without their prefix `TA_`: `CDLDOJI`. */
  readonly candleFunctions: readonly string[]
  /** Calls a candlestick function on bars, given as one list of each price. */
  call(name: string, prices: Prices): CandleSignals
}

/** The prices of bars, in order. */
export interface Prices {
  readonly open: readonly number[]
  readonly high: readonly number[]
  readonly low: readonly number[]
  readonly close: readonly number[]
}

/** What a candlestick function says of each bar from `firstIndex` on: 100, -100, 0 and the like. */
export interface CandleSignals {
  /** The first bar with enough bars before it. */
  readonly firstIndex: number
  readonly values: readonly number[]
}

/** Bars that fit into the module's fixed memory of 16 MiB, beside its own. */
const barsMax = 200_000

type Call = (...numbers: number[]) => number

/** Of 64 KiB each. */
const pages = 256
const memoryBase = 1_024
/** Where the module's stack of 5 MiB ends and what is free begins. */
const freeBase = 6 * 1_024 * 1_024

let loaded: TaLib | undefined

/** The library, loaded at the first call. Throws TICK_PATTERN_LIBRARY_UNUSABLE. */
export function taLib(): TaLib {
  loaded ??= load()
  return loaded
}

function load(): TaLib {
  const path = fileURLToPath(import.meta.resolve('talib-web/lib/talib.wasm'))
  const { Global, Instance, Memory, Module } = webAssembly
  const memory = new Memory({ initial: pages, maximum: pages })
  const number = (value: number, mutable: boolean): object =>
    new Global({ value: 'i32', mutable }, value)
  const { exports } = new Instance(new Module(readFileSync(path)), {
    env: {
      memory,
      emscripten_resize_heap: () => 0,
      __memory_base: number(memoryBase, false),
      __stack_pointer: number(freeBase, true),
    },
    'GOT.mem': { __heap_base: number(freeBase, true) },
  })
  const functions = exports as Readonly<Record<string, Call>>
  functions['__wasm_call_ctors']?.()
  setCandleDefaults(new DataView(memory.buffer))
  const library: TaLib = {
    candleFunctions: Object.keys(functions)
      .filter((name) => name.startsWith('TA_CDL'))
      .map((name) => name.slice('TA_'.length)),
    call(name, prices) {
      const candles = functions[`TA_${name}`]
      if (candles === undefined) throw failPattern('TICK_PATTERN_UNKNOWN', { name })
      return callCandles(candles, name, prices, memory.buffer)
    },
  }
  checkSettings(library)
  return library
}

/** Functions with a further parameter, how far one candle goes into another. */
const penetrating = new Set([
  'CDLABANDONEDBABY',
  'CDLDARKCLOUDCOVER',
  'CDLEVENINGDOJISTAR',
  'CDLEVENINGSTAR',
  'CDLMATHOLD',
  'CDLMORNINGDOJISTAR',
  'CDLMORNINGSTAR',
])

/** TA_REAL_DEFAULT: the function takes the default of its own. */
const realDefault = -4e37

function callCandles(
  candles: Call,
  name: string,
  { open, high, low, close }: Prices,
  buffer: ArrayBuffer,
): CandleSignals {
  const count = close.length
  if (count > barsMax) throw failPattern('TICK_PATTERN_BARS_TOO_MANY', { count, barsMax })
  if (count === 0) return { firstIndex: 0, values: [] }
  const listBytes = 8 * count
  const inputs = [open, high, low, close].map((list, index) => {
    const address = freeBase + index * listBytes
    new Float64Array(buffer, address, count).set(list)
    return address
  })
  const firstAddress = freeBase + 4 * listBytes
  const countAddress = firstAddress + 4
  const outputAddress = firstAddress + 8
  const options = penetrating.has(name) ? [realDefault] : []
  const code = candles(
    0,
    count - 1,
    ...inputs,
    ...options,
    firstAddress,
    countAddress,
    outputAddress,
  )
  if (code !== 0) throw failPattern('TICK_PATTERN_LIBRARY_UNUSABLE', { name, code })
  const [firstIndex = 0, valueCount = 0] = new Int32Array(buffer, firstAddress, 2)
  return { firstIndex, values: [...new Int32Array(buffer, outputAddress, valueCount)] }
}

/** TA_RangeType: what a setting's average is taken of. */
const range = { realBody: 0, highLow: 1, shadows: 2 } as const

/** What TA_Initialize sets (ta_global.c), in the order of TA_CandleSettingType. */
const candleDefaults: readonly (readonly [rangeType: number, period: number, factor: number])[] = [
  [range.realBody, 10, 1], // long body
  [range.realBody, 10, 3], // very long body
  [range.realBody, 10, 1], // short body
  [range.highLow, 10, 0.1], // body of a doji
  [range.realBody, 0, 1], // long shadow
  [range.realBody, 0, 2], // very long shadow
  [range.shadows, 10, 1], // short shadow
  [range.highLow, 10, 0.1], // very short shadow
  [range.highLow, 5, 0.2], // near
  [range.highLow, 5, 0.6], // far
  [range.highLow, 5, 0.05], // equal
]

/** Where TA_Globals keeps the candle settings in this build of the module. */
const settingsAddress = memoryBase + 3_096
const settingBytes = 24

function setCandleDefaults(memory: DataView): void {
  candleDefaults.forEach(([rangeType, period, factor], setting) => {
    const address = settingsAddress + setting * settingBytes
    memory.setInt32(address, setting, true)
    memory.setInt32(address + 4, rangeType, true)
    memory.setInt32(address + 8, period, true)
    memory.setFloat64(address + 16, factor, true)
  })
}

/** How many bars some functions need before the first that they judge, with the default settings. */
const lookbacks = {
  CDLDOJI: 10,
  CDLHAMMER: 11,
  CDLENGULFING: 2,
  CDLMORNINGSTAR: 12,
  CDL3WHITESOLDIERS: 12,
  CDLDARKCLOUDCOVER: 11,
} as const

/** Another build may keep its settings elsewhere: then nothing it says could be believed. */
function checkSettings(library: TaLib): void {
  const same = Array.from({ length: 20 }, () => 100)
  const prices = { open: same, high: same, low: same, close: same }
  for (const [name, lookback] of Object.entries(lookbacks)) {
    const { firstIndex } = library.call(name, prices)
    if (firstIndex !== lookback) {
      throw failPattern('TICK_PATTERN_LIBRARY_UNUSABLE', { name, firstIndex, lookback })
    }
  }
}
