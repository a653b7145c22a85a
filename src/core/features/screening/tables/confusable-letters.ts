// By the letter or digit that each looks like. Cyrillic, Greek, Armenian, Hebrew, Cherokee, Coptic, Lisu, IPA, small
// capitals and Latin letters with a stroke or hook through them. Letters that the width fold (NFKC) turns into ASCII are
// not here, and neither are letters with accents: NFD takes those apart and the invisible fold drops the accent. Chosen
// by how they look in common fonts; Unicode's confusables list was not copied.
const lookAlikes = `
a АаΑαᎪᴀɑɐꓮⲀⲁӐӑӒӓᗅȺⱥ
b ВвΒβЬьᏴʙꓐЪъƄƅɓЂБⲂⲃᏏƀƁᗷ
c СсϹᏟᴄꓚⲤⲥƇƈҪҫↄⅽȻȼ
d ԁᎠᴅꓓⅾɖɗᗞƊĐđԀᗪ
e ЕеΕεᎬᴇꓰеЁёҼҽɛɘєЄⲈⲉɇɆ
f ҒғϜϝꓝƑƒꜰᖴ
g ԌԍᏀɡɢꓖƓɠցᏳǤǥ
h НнΗᎻʜꓧһҺհᏂⲎⲏҢңӇӈԊħĦɦ
i ІіΙιᎥɪⲒⲓӀӏⅰıɩᛁꓲЇїɨ
j ЈјϳᎫᴊꓙʝɉɈյ
k КкΚκᏦᴋꓗⲔⲕҚқҜҝҞҟҠҡӃӄƘƙ
l ԼᏞʟꓡⅼɭɫŁłᒪⳐⳑ
m МмΜᎷᴍꓟⲘⲙⅿɱӍӎᗰ
n ΝηПпɴꓠⲚⲛոռИиЙйƝɳɲҊҋ
o ОоΟοσᎾᴏꓳⲞⲟօՕסѲѳӨөΘθɵØø
p РрΡρᏢᴘꓑⲢⲣƤƥҎҏᑭþÞ
q ԚԛᏄզգɋ
r ГгᎡᎢʀꓣɼɽᖇЯяɍɌΓ
s ЅѕᏚꜱꓢՏʂᏕƧƨȿ
t ТтΤτᎢᴛꓔⲦⲧҬҭƬƭŧŦ
u υμմՍᴜꓴʋᑌЦцսՄʉɄ
v ѴѵνᏙᴠꓦⅴᐯʌѶѷ
w ԜԝᎳᴡꓪωшШщЩѡѠɯաᗯ
x ХхΧχꓫⲬⲭҲҳᕁӼӽӾӿ
y УуΥγᎩʏꓬⲨⲩҮүҰұЎўʎуƳƴɏɎ
z ΖᏃᴢꓜⲌⲍȤȥʐʑƵƶʒ
3 ЗзЭэӞӟƷᏋҘҙ
4 ЧчᏎҶҷӴӵ
6 Ᏼбᑲ
8 Ȣȣ
`;

function parse(): Map<number, number> {
  const table = new Map<number, number>();
  for (const line of lookAlikes.trim().split('\n')) {
    const [letter = '', characters = ''] = line.split(' ');
    for (const character of characters) {
      const unit = character.charCodeAt(0);
      const readAsLetter =
        character.normalize('NFKC') !== character || character.normalize('NFD') !== character;
      if (character.length === 1 && !readAsLetter && !table.has(unit)) table.set(unit, letter.charCodeAt(0));
    }
  }
  return table;
}

/**
 * By UTF-16 unit: the lower-case ASCII letter, or digit, that it is easily taken for. Capitals have entries of their own,
 * so look a unit up before its case is folded: Ν looks like N, ν like v. Ours.
 */
export const confusableLetters: ReadonlyMap<number, number> = parse();
