-- The one filter of a paper, for pandoc and for Quarto (there at post-quarto), for HTML and for Word.
-- It reads the dialect that the notebook's cells show: raw tables and figures, Divs of class para,
-- item, note, lead, section and exception, and Spans of class num and rag. For Word it names styles
-- of reference.docx; the numbers in Spans of class num are then Word's own.

local docx = FORMAT:match("docx") ~= nil
local stringify = pandoc.utils.stringify
local formats = {} -- how the committee writes its numbers: "stop" or "none" after each kind

local function has(el, class) return el.classes:includes(class) end

local function styled(blocks, style, id)
  return pandoc.Div(blocks, pandoc.Attr(id or "", {}, { ["custom-style"] = style }))
end

local function rating(classes)
  for _, class in ipairs(classes) do
    local word = class:match("^rag%-(%a+)$")
    if word then return "RAG " .. word:sub(1, 1):upper() .. word:sub(2) end
  end
end

-- Take the computed number off the front of some inlines and return it.
local function take_number(inlines)
  local first = inlines[1]
  if not (first and first.t == "Span" and has(first, "num")) then return nil end
  inlines:remove(1)
  if inlines[1] and inlines[1].t == "Space" then inlines:remove(1) end
  return stringify(first)
end

local function note_format(kind, number)
  formats[kind] = formats[kind] or (number:match("%.$") and "stop" or "none")
end

-- Raw HTML -------------------------------------------------------------------------------------------

local TABLES = {
  ["front-sheet"] = "TableFrontSheet", tally = "TableTally", ratings = "TableRatings",
  indicators = "TableIndicators", facts = "TableFacts",
}

local BOLD_HEADS = { TableFrontSheet = true, TableIndicators = true, TableFacts = true }

local function cell_style(cell, kind, heading, row_heading, total)
  local rag = rating(cell.classes)
  local base = kind == "TableIndicators" and "Table Small " or "Table "
  if rag then return rag end
  if heading then return base .. "Heading" end
  return base .. ((total or row_heading and BOLD_HEADS[kind]) and "Row Heading" or "Text")
end

-- The rating's word stays bold; what the cell says below it does not.
local function style_rating(inlines)
  local word, below = pandoc.Inlines {}, pandoc.Inlines {}
  for _, inline in ipairs(inlines) do
    if inline.t == "Span" and has(inline, "small") then inline.classes = {} end
    if #below > 0 or inline.t == "LineBreak" then below:insert(inline) else word:insert(inline) end
  end
  if #below > 0 then
    word:insert(pandoc.Span(below, pandoc.Attr("", {}, { ["custom-style"] = "Rating Detail" })))
  end
  return word
end

-- Each cell takes a style by what it is; the numbers of a tally are printed larger.
local function style_rows(rows, kind, heading, heads)
  for _, row in ipairs(rows) do
    local total = has(row, "total")
    for column, cell in ipairs(row.cells) do
      local blocks = pandoc.Blocks {}
      for _, block in ipairs(cell.contents) do -- Plain would be given the style Compact
        if block.t == "Plain" then block = pandoc.Para(block.content) end
        if block.t == "Para" and kind == "TableTally" and not heading then
          local large = pandoc.Attr("", {}, { ["custom-style"] = "Tally" })
          block.content = { pandoc.Span(block.content, large) }
        elseif block.t == "Para" and rating(cell.classes) then
          block.content = style_rating(block.content)
        end
        blocks:insert(block)
      end
      if #blocks == 0 then blocks:insert(pandoc.Para {}) end
      local style = cell_style(cell, kind, heading, column <= heads, total)
      cell.contents = { styled(blocks, style) }
    end
  end
  return rows
end

local function word_table(tbl)
  local style = "Table"
  for _, class in ipairs(tbl.classes) do style = TABLES[class] or style end
  tbl.head.rows = style_rows(tbl.head.rows, style, true, 0)
  for _, body in ipairs(tbl.bodies) do
    local first = body.body[1] and body.body[1].cells[1]
    if first and first.attributes.scope == "row" then body.row_head_columns = 1 end
    body.body = style_rows(body.body, style, false, body.row_head_columns)
  end
  tbl.attributes["custom-style"] = style
  return tbl
end

local function word_figure(figure)
  local picture
  figure:walk { Image = function(image) picture = image end }
  local blocks = pandoc.Blocks {}
  for _, block in ipairs(figure.caption.long) do
    blocks:insert(styled({ pandoc.Para(block.content) }, "Image Caption"))
  end
  blocks:insert(styled({ pandoc.Para { picture } }, "Figure", figure.identifier))
  return blocks
end

-- A browser reads width="2.5cm" as 2 pixels; a wide table scrolls by itself on a narrow screen.
local function page_table(text)
  text = text:gsub('(<img[^>]-)%swidth="([%d.]+%a+)"', '%1 style="width:%2"')
  text = text:gsub('(<td class="rag%-[^>]*>)([^<]+)', "%1<strong>%2</strong>")
  local class = text:match('^%s*<table[^>]-class="([^"]*)"') or ""
  if class == "front-sheet" or class == "facts" or class == "tally" then
    return pandoc.RawBlock("html", text)
  end
  local caption = (text:match("<caption>(.-)</caption>") or ""):gsub("<[^>]+>", "")
  if caption == "" then caption = "Table" end
  local open = '<div class="scroll scroll-' .. (class:match("^%S+") or "plain")
    .. '" role="region" tabindex="0" aria-label="' .. caption:gsub('"', "&quot;") .. '">'
  return pandoc.RawBlock("html", open .. "\n" .. text .. "\n</div>")
end

-- A chart's caption says what it finds: it stands above the chart.
local function page_figure(text)
  return pandoc.RawBlock("html", (text:gsub("(<img[^>]*>)%s*(<figcaption.-</figcaption>)", "%2%1")))
end

local function raw_block(el)
  if not el.format:match("^html") then return nil end
  local tag = el.text:match("^%s*<(%a+)")
  if tag == "table" and not docx then return page_table(el.text) end
  if tag == "figure" and not docx then return page_figure(el.text) end
  if not docx or (tag ~= "table" and tag ~= "figure") then return nil end
  local read = pandoc.read(el.text, "html").blocks
  return read:walk {
    Table = word_table,
    Figure = word_figure,
  }
end

-- Divs, headings and spans ---------------------------------------------------------------------------

local FIRST = { ["1."] = true, ["1"] = true, ["i)"] = true, ["A."] = true, ["a)"] = true }
local KINDS = { decimal = "Item Decimal", roman = "Item Roman", alpha = "Item Alpha" }

local function paragraph_style(number)
  if number:match("^%d+%.%d+%.%d+%.?$") then return "Numbered Subparagraph" end
  if number:match("^%d+%.%d+%.?$") then
    note_format("paragraph", number)
    return "Numbered Paragraph"
  end
  if number:match("^%d+%.?$") then return "Continuous Paragraph" end
end

local function word_paragraph(div)
  local first = div.content[1]
  if not (first and (first.t == "Para" or first.t == "Plain")) then return div.content end
  local style = has(div, "note") and "Note" or has(div, "lead") and "Lead" or "Body Text"
  local kept = first.content:clone()
  local number = take_number(first.content)
  if number then
    local native = paragraph_style(number)
    for class, item in pairs(KINDS) do
      if has(div, class) then native = item .. (FIRST[number] and " First" or "") end
    end
    if native then style = native else first.content = kept end
  end
  local rest = div.content
  local head = styled({ pandoc.Para(first.content) }, style, div.identifier)
  rest:remove(1)
  rest:insert(1, head)
  return rest
end

-- The chart stands beside the facts on a wide screen, with what is said of it below the chart.
local function page_exception(div)
  local before, beside, after = pandoc.Blocks {}, pandoc.Blocks {}, pandoc.Blocks {}
  for _, block in ipairs(div.content) do
    if block.t == "RawBlock" and #after == 0 then
      beside:insert(block)
    elseif #beside == 0 then
      before:insert(block)
    else
      after:insert(block)
    end
  end
  local blocks = before
  if #beside == 2 then
    if #after > 0 then beside:insert(pandoc.Div(after, pandoc.Attr("", { "said" }))) end
    blocks:insert(pandoc.Div(beside, pandoc.Attr("", { "beside" })))
  else
    blocks:extend(beside)
    blocks:extend(after)
  end
  local label = ""
  if div.content[1] and div.content[1].t == "Header" then
    label = ' aria-labelledby="' .. div.content[1].identifier .. '"'
  end
  local id = div.identifier ~= "" and (' id="' .. div.identifier .. '"') or ""
  blocks:insert(1, pandoc.RawBlock("html", '<article class="exception"' .. id .. label .. ">"))
  blocks:insert(pandoc.RawBlock("html", "</article>"))
  return blocks
end

local function starts_with_number(inlines)
  local first = inlines and inlines[1]
  return first and first.t == "Span" and has(first, "num")
end

local function numbered(el)
  local inlines = el.t == "Div" and el.content[1] and el.content[1].content or el.content
  if starts_with_number(inlines) then el.classes:insert("numbered") end
  return el
end

local function div(el)
  if docx then
    if has(el, "para") or has(el, "item") or has(el, "note") or has(el, "lead") then
      return word_paragraph(el)
    end
    if has(el, "section") or has(el, "exception") then
      local first = el.content[1]
      if has(el, "appendix") and first and first.attributes["custom-style"] == "Heading 1 Unnumbered" then
        first.attributes["custom-style"] = "Heading 1 Appendix"
      end
      if el.identifier ~= "" and first and (first.t == "Header" or first.t == "Div") then
        first.identifier = el.identifier
      end
      return el.content
    end
    return nil
  end
  if has(el, "exception") then return page_exception(el) end
  if has(el, "para") or has(el, "item") then return numbered(el) end
end

-- The paper's title is its first level: the first headings below it are Word's Heading 1.
local function word_heading(el)
  local level = math.max(el.level - 1, 1)
  local content = el.content:clone()
  local number = take_number(content)
  if number and level == 1 and number:match("^%d+%.?$") then
    note_format("heading", number)
    return pandoc.Header(1, content, pandoc.Attr(el.identifier))
  elseif number and level > 1 and number:match("^%d+%.%d+%.?$") then
    note_format("paragraph", number)
    return styled({ pandoc.Para(content) }, "Heading " .. level .. " Numbered", el.identifier)
  elseif level == 1 then
    return styled({ pandoc.Para(el.content) }, "Heading 1 Unnumbered", el.identifier)
  end
  return pandoc.Header(level, el.content, pandoc.Attr(el.identifier))
end

local function span(el)
  local rag = rating(el.classes)
  local style = rag and rag .. " Text" or has(el, "small") and "Small Text" or nil
  if style then
    return pandoc.Span(el.content, pandoc.Attr("", {}, { ["custom-style"] = style }))
  end
end

-- A plain list of single paragraphs takes Word's own list style, which a council can change.
local function word_bullets(el)
  local blocks = pandoc.Blocks {}
  for _, item in ipairs(el.content) do
    if #item ~= 1 or (item[1].t ~= "Plain" and item[1].t ~= "Para") then return nil end
    blocks:insert(styled({ pandoc.Para(item[1].content) }, "List Bullet"))
  end
  return blocks
end

-- Word shows no SVG of its own accord: each drawing has a PNG beside it. The alt text becomes the
-- picture's description.
local function image(el)
  if not docx then return nil end
  if not el.src:match("^%a[%w+.-]*:") then el.src = el.src:gsub("%.svg$", ".png") end
  local alt = el.attributes["fig-alt"] or el.attributes.alt
  if alt then el.caption = pandoc.Inlines(alt) end
  el.title = ""
  return el
end

-- The whole paper ------------------------------------------------------------------------------------

local function words(value) return value and stringify(value) or "" end

-- "April to June 2018, as known on 26 September 2018"
local function period_line(meta)
  local period, known = words(meta["reporting-period-words"]), words(meta["as-at-words"])
  if known:match("^%d") then known = "as known on " .. known end
  return period .. ((period ~= "" and known ~= "") and ", " or "") .. known
end

local function contents_list(doc)
  local items, targets = pandoc.List {}, {}
  doc:walk {
    traverse = "topdown",
    Div = function(el)
      local first = el.content[1]
      if first and first.t == "Header" and el.identifier ~= "" then
        targets[first.identifier] = el.identifier
      end
    end,
    Header = function(el)
      if el.level == 2 then
        local target = "#" .. (targets[el.identifier] or el.identifier)
        items:insert { pandoc.Plain { pandoc.Link(el.content, target) } }
      end
    end,
  }
  return items
end

-- A council's own colours, "accent 5B2A86 green 0A5A40 CFEBDD", as variables of the stylesheet. In the dark the
-- project's own stay, since these are chosen for white paper.
local function council_style(meta)
  local set, name = pandoc.List {}, nil
  for word in words(meta.colours):gmatch("%S+") do
    if #word == 6 and word:match("^%x+$") and name then
      set:insert("--" .. name .. ": #" .. word .. ";")
      name = name .. "-fill"
    else
      name = word
    end
  end
  if #set == 0 then return nil end
  local rules = ":root { " .. table.concat(set, " ") .. " }"
  return "@media screen and (prefers-color-scheme: light) { " .. rules .. " }\n@media print { " .. rules .. " }"
end

local function whole(doc)
  local line = period_line(doc.meta)
  doc.meta.author, doc.meta.date = nil, nil
  if docx then
    for kind, form in pairs(formats) do doc.meta["numbering-" .. kind] = form end
    if line ~= "" then
      doc.blocks:insert(1, styled({ pandoc.Para { pandoc.Str(line) } }, "Period Line"))
    end
    return doc
  end
  local style = council_style(doc.meta)
  if style then doc.meta["council-style"] = pandoc.MetaInlines { pandoc.RawInline("html", style) } end
  if line ~= "" then doc.meta["period-line"] = pandoc.MetaInlines { pandoc.Str(line) } end
  local items = contents_list(doc)
  if #items > 1 then
    doc.meta.contents = pandoc.MetaBlocks { pandoc.BulletList(items) }
  end
  return doc
end

-- Quarto wraps what a notebook cell shows, and writes the cell's times there. A cell's code is no part
-- of the paper, whatever the settings say.
local function unwrap(el)
  for _, class in ipairs(el.classes) do
    if class == "cell" or class:match("^cell%-output") then
      return el.content:filter(function(block) return not (block.t == "CodeBlock" and has(block, "cell-code")) end)
    end
  end
end

local filters = { { Div = unwrap }, { RawBlock = raw_block } }
if docx then
  table.insert(filters, {
    Header = word_heading, Image = image, Span = span, BulletList = word_bullets,
  })
else
  table.insert(filters, { Header = numbered })
end
table.insert(filters, { Div = div })
table.insert(filters, { Pandoc = whole })
return filters
