// Bold leads of items and paragraphs are titles one can be sent to: "1. **Verify identity**: …", "go to **Verify identity**".
import type { Block } from './blocks.ts'
import type { Outline } from './outline.ts'
import type { Places } from './places.ts'

export function collectLeads(page: Outline, places: Places): void {
  const visit = (blocks: readonly Block[]) => {
    for (const block of blocks) {
      if (block.kind === 'list') for (const item of block.items) visit(item.blocks)
      else if (block.kind === 'paragraph') {
        const bold = block.line.spans.find(span => span.kind === 'strong')
        if (bold && bold.from === 0 && bold.to - bold.from < 80)
          places.addLead(block.line.text.slice(bold.from, bold.to))
      }
    }
  }
  for (const section of [page.root, ...page.sections]) visit(section.blocks)
}
