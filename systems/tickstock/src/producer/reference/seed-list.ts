const list = (text: string): readonly string[] => text.trim().split(/\s+/)

/** US-listed ETFs by the theme that is theirs first: 288 symbols, none of them twice. */
export const seedList = {
  sectors: list(`XLF XLE XLK XLV XLI XLB XLRE XLU XLY XLP XLC VFH VDE VGT VHT VIS VAW VNQ VPU VCR
    VDC VOX IYF IYE IYW IYH IYJ IYM IYR IDU IYC IYK IYZ FNCL FENY FTEC FHLC FIDU FMAT FREL FUTY
    FDIS FSTA FCOM`),
  industries: list(`KBE KRE KIE XBI IBB XOP OIH XRT XHB ITB ITA XAR JETS IYT XME GDX GDXJ SIL COPX
    XSD AMLP TAN ICLN PAVE`),
  technology: list(`QQQ QQQM SMH SOXX IGV HACK CIBR SKYY CLOU WCLD FDN AIQ BOTZ ROBO ARKK ARKW ARKF
    ARKG BLOK FINX`),
  broad_market: list(`SPY VOO IVV VTI ITOT SCHB SPTM DIA RSP IWB VV IWM VB IJR SCHA IJH MDY VO IWR
    SPMD SPSM VXF OEF`),
  growth: list('VUG IWF IVW SPYG SCHG MGK VONG IWP VOT IJK IJT IUSG VBK IWO SLYG MDYG'),
  value: list(`VTV IWD IVE SPYV SCHV VONV IUSV RPV MGV VOE IWS IJJ VBR IWN IJS SLYV MDYV AVUV AVLV
    COWZ`),
  dividend: list('VYM SCHD DVY SDY VIG DGRO NOBL HDV SPHD SPYD DGRW FDVV JEPI JEPQ'),
  factor: list('USMV SPLV QUAL SPHQ MTUM VLUE SIZE'),
  international: list(`VEA IEFA EFA SCHF SPDW VWO IEMG EEM SCHE SPEM VXUS IXUS ACWX VEU VGK IEUR FEZ
    EZU EWG EWU EWQ EWI EWP EWL EWN EWD EWJ DXJ BBJP VPL EWY EWT EWH FXI MCHI KWEB ASHR INDA EPI
    EWZ EWW EWA EWC EWS EZA ILF EFV EFG SCZ VSS`),
  commodities: list(`GLD IAU GLDM SGOL SLV SIVR PPLT PALL USO BNO UNG DBC PDBC GSG DBA DBB CPER COMT
    BCI GNR MOO URA`),
  bonds: list(`AGG BND SCHZ SPAB BNDX IUSB GOVT SHY VGSH SCHO IEI VGIT SCHR IEF TLT VGLT EDV TLH BIL
    SHV SGOV TIP VTIP SCHP STIP LQD VCIT VCSH VCLT IGSB IGIB USIG HYG JNK USHY SHYG SJNK MUB VTEB
    EMB VWOB MBB VMBS BKLN SRLN FLOT USFR PFF`),
} as const satisfies Readonly<Record<string, readonly string[]>>

export type ThemeName = keyof typeof seedList

/** Symbols that a theme has besides those that are its own. */
export const sharedSymbols: Partial<Record<ThemeName, readonly string[]>> = {
  technology: ['XLK', 'VGT', 'IYW', 'FTEC'],
  industries: ['SMH', 'SOXX'],
}
