const list = (text: string): readonly string[] => text.split(' ')

/** A sector of the market: the ETF it is measured by, its industries, and the ETFs that are in it. */
export interface Sector {
  readonly name: string
  readonly benchmark: string
  readonly industries: readonly string[]
  readonly etfs: readonly string[]
}

/** The eleven sectors. */
export const sectors: readonly Sector[] = [
  {
    name: 'Financials',
    benchmark: 'XLF',
    industries: ['Banks', 'Insurance', 'Capital Markets'],
    etfs: list('XLF VFH IYF FNCL KBE KRE KIE ARKF BLOK FINX'),
  },
  {
    name: 'Energy',
    benchmark: 'XLE',
    industries: ['Exploration', 'Oil Services', 'Pipelines'],
    etfs: list('XLE VDE IYE FENY XOP OIH AMLP'),
  },
  {
    name: 'Technology',
    benchmark: 'XLK',
    industries: ['Software', 'Semiconductors', 'Hardware', 'IT Services'],
    etfs: list(
      'XLK VGT IYW FTEC XSD QQQ QQQM SMH SOXX IGV HACK CIBR SKYY CLOU WCLD FDN AIQ BOTZ ROBO ARKK ARKW',
    ),
  },
  {
    name: 'Health Care',
    benchmark: 'XLV',
    industries: ['Biotechnology', 'Pharmaceuticals', 'Medical Devices'],
    etfs: list('XLV VHT IYH FHLC XBI IBB ARKG'),
  },
  {
    name: 'Industrials',
    benchmark: 'XLI',
    industries: ['Aerospace', 'Transport', 'Machinery'],
    etfs: list('XLI VIS IYJ FIDU ITA XAR JETS IYT PAVE'),
  },
  {
    name: 'Materials',
    benchmark: 'XLB',
    industries: ['Mining', 'Chemicals', 'Packaging'],
    etfs: list('XLB VAW IYM FMAT XME GDX GDXJ SIL COPX'),
  },
  {
    name: 'Real Estate',
    benchmark: 'XLRE',
    industries: ['Residential REITs', 'Office REITs', 'Data Centres'],
    etfs: list('XLRE VNQ IYR FREL'),
  },
  {
    name: 'Utilities',
    benchmark: 'XLU',
    industries: ['Electricity', 'Water', 'Renewables'],
    etfs: list('XLU VPU IDU FUTY TAN ICLN'),
  },
  {
    name: 'Consumer Discretionary',
    benchmark: 'XLY',
    industries: ['Retail', 'Automobiles', 'Homebuilding'],
    etfs: list('XLY VCR IYC FDIS XRT XHB ITB'),
  },
  {
    name: 'Consumer Staples',
    benchmark: 'XLP',
    industries: ['Food', 'Beverages', 'Household Products'],
    etfs: list('XLP VDC IYK FSTA'),
  },
  {
    name: 'Communication Services',
    benchmark: 'XLC',
    industries: ['Media', 'Telecommunications', 'Entertainment'],
    etfs: list('XLC VOX IYZ FCOM'),
  },
]

const sectorByEtf = new Map(
  sectors.flatMap((sector) => sector.etfs.map((symbol) => [symbol, sector] as const)),
)

/** The sector that an ETF is in; none for one that spans several. */
export const sectorOfEtf = (symbol: string): Sector | undefined => sectorByEtf.get(symbol)
