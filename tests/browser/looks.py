"""How the parts of a page look to axe: of parts that look alike, on however many pages, one needs to be judged.

A look is all that a rule's verdict on a part follows from. What a look leaves out no gate can see: see
`test_gates_catch`.
"""

from playwright.sync_api import Page

# Every text that shows, by all that its contrast follows from: colours and letters, what lies behind it, and what
# is placed over or under it. What axe does not judge (hidden, switched off) is another than what it does.
_TEXTS_BY_COLOUR = """() => {
    const behind = new Map([[null, '']]);
    const seenThrough = colour => colour === 'rgba(0, 0, 0, 0)';
    const layers = element => {
        if (!behind.has(element)) {
            const own = getComputedStyle(element);
            const plain = seenThrough(own.backgroundColor) && own.backgroundImage === 'none' && own.opacity === '1'
                && own.position === 'static' && own.filter === 'none' && own.mixBlendMode === 'normal'
                && own.clip === 'auto' && own.clipPath === 'none' && own.transform === 'none';
            const layer = plain ? '' : [own.backgroundColor, own.backgroundImage, own.backgroundSize, own.opacity,
                own.position, own.zIndex, own.filter, own.mixBlendMode, own.clip, own.clipPath,
                own.transform.replace(/^matrix\\(1, 0, 0, 1, .*/, 'moved')].join() + ';';
            behind.set(element, layers(element.parentElement) + layer);
        }
        return behind.get(element);
    };
    const covers = [...document.querySelectorAll('body *')].filter(each => {
        const own = getComputedStyle(each);
        return !seenThrough(own.backgroundColor) || own.backgroundImage !== 'none';
    }).map(each => [each, each.getBoundingClientRect()]);
    const meeting = element => {
        const own = element.getBoundingClientRect();
        return covers
            .filter(([each, box]) => box.left < own.right && own.left < box.right && box.top < own.bottom
                && own.top < box.bottom && !each.contains(element) && !element.contains(each))
            .map(([each]) => layers(each));
    };
    const speaks = element => element.matches('a, button, input, select, textarea')
        || [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
    window.vbTexts = new Map();
    for (const element of document.querySelectorAll('body, body *')) {
        if (!speaks(element) || !element.checkVisibility({visibilityProperty: true})) continue;
        const own = getComputedStyle(element), block = element.parentElement;
        const unjudged = element.closest('[aria-hidden=true], [aria-disabled=true], :disabled, [inert]') !== null;
        const key = [element.matches('a'), unjudged, own.color, own.fontSize, own.fontWeight, own.textShadow,
            own.textDecoration, own.borderBottom, own.display, getComputedStyle(block).color,
            getComputedStyle(block).fontWeight, layers(element), ...meeting(element)].join('|');
        if (!window.vbTexts.has(key)) window.vbTexts.set(key, element);
    }
    return [...window.vbTexts.keys()];
}"""

# Every part that shows or is read aloud, by what it is made of, within what: names and words count as there or not,
# references as leading somewhere or not, numbers and addresses not at all. A table counts by its kinds of rows, and
# what is to be hit by whether it is large enough, or has room around it.
_PARTS_BY_BUILD = """() => {
    const LEAST = 24, LONGEST = 24;
    const NAMES = ['aria-label', 'aria-description', 'aria-roledescription', 'aria-valuetext', 'aria-valuenow',
        'alt', 'title', 'placeholder', 'content'];
    const REFERENCES = ['aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-owns', 'aria-details',
        'aria-activedescendant', 'aria-errormessage', 'aria-flowto', 'for', 'headers', 'list'];
    const ITSELF = ['role', 'type', 'name', 'lang', 'dir', 'scope', 'tabindex', 'autocomplete', 'http-equiv',
        'contenteditable', 'accesskey', 'target'];
    const NAMED = new Set(['A', 'BUTTON', 'SUMMARY', 'LABEL', 'TITLE', 'OPTION', 'IMG', 'OBJECT', 'SVG']);
    const TARGETS = 'a[href], area[href], button, input, select, textarea, summary, [tabindex], [role=button], ' +
        '[role=option], [role=link], [role=tab], [role=checkbox], [role=switch], [role=menuitem], [role=radio]';
    const times = new Map();
    for (const one of document.querySelectorAll('[id]')) times.set(one.id, (times.get(one.id) ?? 0) + 1);
    const targets = [...document.querySelectorAll(TARGETS)]
        .filter(one => one.checkVisibility({visibilityProperty: true}))
        .map(one => [one, one.getBoundingClientRect()])
        .filter(([, box]) => box.width && box.height);
    const boxes = new Map(targets);
    const middle = box => [box.left + box.width / 2, box.top + box.height / 2];
    const small = box => box.width < LEAST || box.height < LEAST;
    const crowded = (element, box) => targets.some(([other, there]) => {
        if (other === element || other.contains(element) || element.contains(other)) return false;
        const [x, y] = middle(box);
        if (small(there)) {
            const [u, v] = middle(there);
            return Math.hypot(x - u, y - v) < LEAST;
        }
        const aside = Math.max(there.left - x, 0, x - there.right), above = Math.max(there.top - y, 0, y - there.bottom);
        return Math.hypot(aside, above) < LEAST / 2;
    });
    const lead = value => value.split(/\\s+/).filter(Boolean).map(id => times.has(id) ? 1 : 0).join('');
    const said = element => element.nodeName === 'IMG' ? Boolean(element.alt)
        : Boolean(element.textContent.trim()) || element.querySelector('img[alt]:not([alt=""]), svg title, [aria-label]') !== null;
    const rows = table => [...new Set([...table.rows].map(row => row.closest('table') === table
        ? [...row.cells].map(cell => cell.nodeName + (cell.textContent.trim() ? 1 : 0)).join() : ''))].sort().join('/');
    const attribute = ({name, value}) => {
        if (NAMES.includes(name)) return `${name}${value.trim() ? 1 : 0}`;
        if (REFERENCES.includes(name)) return `${name}${lead(value)}`;
        if (ITSELF.includes(name) || (name.startsWith('aria-') && value.length <= LONGEST)) return `${name}=${value}`;
        if (name === 'href') return `href${value.startsWith('#') ? lead(value.slice(1)) : ''}`;
        return name === 'class' ? `.${value.trim().replace(/\\d+/g, '0').split(/\\s+/).sort().join('.')}`
            : name === 'id' ? `id${times.get(value) > 1 ? 2 : 1}` : name.startsWith('data-') ? '' : name;
    };
    const mixed = (seed, text) => {
        let one = 0xdeadbeef ^ seed, two = 0x41c6ce57 ^ seed;
        for (let i = 0; i < text.length; i++) {
            const code = text.charCodeAt(i);
            one = Math.imul(one ^ code, 2654435761);
            two = Math.imul(two ^ code, 1597334677);
        }
        return 4294967296 * (2097151 & (two ^ (one >>> 15))) + ((one ^ (two >>> 13)) >>> 0);
    };
    const found = new Set();
    const look = (element, within) => {
        const style = getComputedStyle(element);
        const words = [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
        const box = boxes.get(element);
        const own = [element.nodeName, ...[...element.attributes].map(attribute).sort(), words,
            style.display === 'none', style.visibility, element.inert, element.disabled];
        if (NAMED.has(element.nodeName.toUpperCase()) || element.hasAttribute('role')) own.push(said(element));
        if (element.labels) own.push(element.labels.length && said(element.labels[0]));
        if (element.matches('meta[name=viewport], meta[http-equiv=refresh i]')) own.push(element.content);
        if (box) own.push(style.display, small(box) && crowded(element, box));
        if (element.nodeName === 'TABLE') own.push(rows(element));
        if (style.overflowX !== 'visible' || style.overflowY !== 'visible') {
            own.push(element.scrollWidth > element.clientWidth + 12, element.scrollHeight > element.clientHeight + 12);
        }
        const whole = mixed(within % 4294967296, own.join('|'));
        found.add(whole);
        for (const child of element.children) look(child, whole);
    };
    look(document.documentElement, 0);
    return [...found];
}"""


def new_texts(page: Page, judged: set[str]) -> list[str]:
    """How texts of the page look that look as none in `judged`, where they are added."""
    fresh = [look for look in page.evaluate(_TEXTS_BY_COLOUR) if look not in judged]
    judged.update(fresh)
    return fresh


def has_new_parts(page: Page, judged: set[int]) -> bool:
    """Whether some part of the page is built as none in `judged`, where they are added."""
    fresh = set(page.evaluate(_PARTS_BY_BUILD)) - judged
    judged |= fresh
    return bool(fresh)
