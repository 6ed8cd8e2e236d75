import {
  CandlestickSeries,
  createChart,
  createSeriesMarkers,
  HistogramSeries,
  type IChartApi,
  type ISeriesApi,
  type SeriesMarker,
  type Time,
} from 'lightweight-charts'
import { sentence } from 'page-kit'
import type { BarView, PlantedPattern } from '../api.ts'
import { coloursOf, onThemeChange, type Colours } from './colour.ts'

/** A chart on the page. */
export interface DrawnChart {
  /** Shows the weeks around a day, or everything. */
  look(day: string | null): void
  remove(): void
}

/** Trading days to each side of the one that is looked at. */
const around = 12

/** Where a chart is narrower, the names of patterns would stand on each other. */
const namedFromPx = 560

/** Draws the candles into an element, in the colours of the theme, also when that changes. */
export function drawChart(
  place: HTMLElement,
  {
    bars,
    planted,
  }: { readonly bars: readonly BarView[]; readonly planted: readonly PlantedPattern[] },
): DrawnChart {
  const chart = createChart(place, {
    autoSize: true,
    // As everywhere on the pages; what the browser calls its own may be no language that is known.
    localization: { locale: 'en-GB' },
    // The logo would bring a style that the page's policy refuses; the caption says it instead.
    layout: { attributionLogo: false },
  })
  const candles = chart.addSeries(CandlestickSeries, { priceLineVisible: false })
  const volumes = chart.addSeries(HistogramSeries, {
    priceScaleId: 'volume',
    priceFormat: { type: 'volume' },
    lastValueVisible: false,
    priceLineVisible: false,
  })
  chart.priceScale('volume').applyOptions({ scaleMargins: { top: 0.82, bottom: 0 } })
  candles.setData(bars.map((bar) => ({ ...bar, time: bar.date })))
  const markers = createSeriesMarkers(candles)
  let isClose = false
  const paint = (): void => {
    const colours = coloursOf(place)
    const isNamed = isClose || place.clientWidth >= namedFromPx
    paintChart(chart, candles, colours)
    volumes.setData(
      bars.map(({ date, volume }) => ({ time: date, value: volume, color: colours.volume })),
    )
    markers.setMarkers(planted.map((pattern) => markerOf(pattern, colours, isNamed)))
  }
  paint()
  // What the chart really holds, for those who verify it.
  place.dataset['bars'] = String(candles.data().length)
  place.dataset['markers'] = String(markers.markers().length)
  chart.timeScale().fitContent()
  const stop = onThemeChange(paint)
  return {
    look(day) {
      const at = bars.findIndex(({ date }) => date === day)
      isClose = at >= 0
      paint()
      if (!isClose) return chart.timeScale().fitContent()
      chart.timeScale().setVisibleLogicalRange({ from: at - around, to: at + around })
      place.scrollIntoView({ block: 'center', behavior: 'smooth' })
    },
    remove() {
      stop()
      chart.remove()
    },
  }
}

function markerOf(
  { pattern, date, value }: PlantedPattern,
  colours: Colours,
  isNamed: boolean,
): SeriesMarker<Time> {
  const isRise = value > 0
  return {
    time: date,
    position: isRise ? 'belowBar' : 'aboveBar',
    shape: isRise ? 'arrowUp' : 'arrowDown',
    color: colours.mark,
    ...(isNamed ? { text: sentence(pattern) } : {}),
  }
}

function paintChart(
  chart: IChartApi,
  candles: ISeriesApi<'Candlestick'>,
  { text, line, surface, rise, fall }: Colours,
): void {
  chart.applyOptions({
    layout: {
      background: { color: surface },
      textColor: text,
      fontFamily: 'system-ui, sans-serif',
    },
    grid: { vertLines: { color: line }, horzLines: { color: line } },
    timeScale: { borderColor: line },
    rightPriceScale: { borderColor: line },
  })
  candles.applyOptions({
    upColor: rise,
    downColor: fall,
    wickUpColor: rise,
    wickDownColor: fall,
    borderVisible: false,
  })
}
