// What of a page was not taken in: declarations that found no step, comments in the front matter, pictures.
import type { Document } from '../../model/playbook.ts'
import type { Range } from '../../model/position.ts'
import { isDrawing } from './blocks.ts'
import type { Outline, Section } from './outline.ts'

/** Lists it, so that nothing an author declares is passed over in silence. Linear. */
export function tellLeftover(
  page: Outline,
  heeded: ReadonlySet<Range>,
  leftOut: ReadonlySet<Section>,
  document: Document,
): void {
  for (const { comment, section } of page.directives) {
    if (heeded.has(comment.range) || leftOut.has(section)) continue
    document.problems.push({
      rule: 'syntax',
      message: `"${comment.text.slice(0, 60)}" is about no step here; put it behind the words of a step or choice, or into the heading above it`,
      range: comment.range,
    })
  }
  for (const picture of page.pictures) {
    document.unread.push({
      range: picture.range,
      reason: isDrawing(picture) ? 'a flow drawn as an image' : 'an image',
      text: picture.value ?? '',
    })
  }
  if (page.head) tellInHead(page.head, document)
}

/** Comments of Markdown are none in YAML: `<!-- wayout: … -->` and suppressions do nothing there. */
function tellInHead({ value, line }: NonNullable<Outline['head']>, document: Document): void {
  for (const [row, text] of value.split('\n').entries()) {
    const at = text.search(/<!--\s*wayout\b|#\s*wayout-/)
    if (at < 0) continue
    document.problems.push({
      rule: 'syntax',
      message: 'comments for wayout are not read in the front matter; put it below the line of dashes',
      range: {
        start: { line: line + row, column: at + 1 },
        end: { line: line + row, column: text.trimEnd().length + 1 },
      },
    })
  }
}
