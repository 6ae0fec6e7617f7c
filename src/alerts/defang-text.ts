// Stands in until analysis/defang.ts is there.
export function defang(text: string): string {
  return text
    .replace(/h(?=ttps?:)/gi, 'hxx')
    .replace(/hxxttp/gi, 'hxxp')
    .replaceAll('://', '[:]//')
    .replace(/\.(?=[\p{L}\p{N}])/gu, '[.]');
}
