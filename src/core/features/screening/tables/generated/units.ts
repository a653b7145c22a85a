// Made by `npm run build:fold-tables`; do not edit. Source: Unicode, as in Node.
// Licences: resources/NOTICE-fold-tables.md.

/** The version of Unicode that this was made with. */
export const unicodeVersion = '17.0';

/** Ranges of UTF-16 units in base 36: the gap to the range before, a dash, and the length where it is not 1. */
export const fillerRanges = `
9 m 1-e a-5 1 q-6 q-4 x-a 1-2 1-4 2 1-3 
2 3 n v cq-4 c-e 5-7 1 1-h 39 8 5-2 
1 32 3v 5z-6 15-2 2-3 1a 1 2 2 18-2 h-a 
b 1-3 22-4 2u 9 a j-2 1-e 6g-4 4-2 1c-f v 
15 63-2 a 3l-2 6-2 1 3c 3d-2 3i 3m-8 3g 7 
4 5m 15 3e 22 f a-2 4l-n 2-6 k 1 1 
1-4 1z 1k-8 1-6 1-d 33-6 26-2 2j h0-9 13-a 2u h8-2 
h q-2 26-3 1z-2 4d-3 1-4 10-b 8l 3-2 48-y u-2 3k-7 
1-6 4g-2 a-h 9-c 3g-4 1n-5 1q-2 1s-8 b kp 1-3 b-3 
d-3 d-3 d-2 1-b 5-o 7-d 2-9 3-m q-5 b-5 h-8 1-p 
1u 3 b 2-2 5-2 3 1 1 1 4 b 5-5 
5-4 1 1m-2 4-ii m-b 51-hi u-rk 2-3u 6d-6 e-4 1-2 34 
3z-1b 1-1a b6-i 1-2 3-p f 5-2 5-3 2j-2 3 2i 44-2 
6l 5ds-1s h3k-1j 1j-2 7h-3 2r a 37-6 8-n 9-2 2v-2 4d-4 
a-4 1m-4 2e-2 14-3 1 1d-2 1b 2p-d g-2 3g-4 n-3 2s-2 
g-2 2x e-2 3j fnh 3s-x a3-i 1s-2 1i-8 19-3 g-2 1-2 
2-3 m-z 1-2 2-f 1-4 46-e a-5 1 q-6 q-6 1-4 3e-7 
1-7 d-2 
`;

export const invisibleRanges = `
1-8 5-g 1 2n-6 1-q d gi-34 7n-7 7b-19 1 1-2 1-2 
1 20-b 1 1a-l g 2t-7 2-6 2-2 1-4 z u-r 2j-b 
1m-9 9 o-4 1-9 1-3 1-5 17-3 1n-9 16-o 1-w 1j 1 
4-8 4 3-7 a-2 t 1m 4-4 8 k-2 q 2-2 1l 
4-2 4-2 2-3 3 u-2 3 b-2 1l 4-5 1-2 4 k-2 
m-6 1 1m 2 1-4 8 7-2 b-2 u 1p c 1e 
3 1j 1-3 5-3 1-4 7-2 b-2 t 1m 2 6 5-2 
k-2 s-2 1l-2 4-4 8 k-2 t 20 7-3 1 2i 2-7 
c-8 2q 2-9 b-7 21-2 r 1 1 1j-e 1-5 1-2 5-b 
1-10 9 2u-4 1-6 1-2 2-2 p-2 4-3 g-4 d 2-2 6 
f 5d-2 e4-3 qa-3 t-2 u-2 u-2 1s-2 1-7 8 2-b 9 
19-5 39-2 y 3a-3 4-2 9 6-3 63-2 2 1m 1-7 1 
1 2-8 6-a 2 1c-1a 2-c k-4 1c 1-5 1 5 14-9 
c-2 w-4 2-2 1-3 1k 1-2 3 1-3 1m-8 2-2 48-3 1-d 
1-7 4 6 3-2 5i-1s ej-5 q-5 1d-g 2o-x 2da-3 3x 2o-w 
fe-4 2z-2 5l n4a-4 1-a w-2 28-2 7k 3 4 p-2 5 
47-2 q-i d 12-8 p-b 1a-3 1c 2-4 2-2 13 1v-6 2-2 
2-2 c 8 1b 1f 1-3 2-2 5-2 1 16-2 8 6m 
2 4 fn4 kh-g g-g 5r 4g 27-c 
`;

/** The same of code points, without ideographs and ASCII: those that a table fold changes. */
export const foldedRanges = `
4g 7 1 4 2-4 2-3 1-3 1-n 1-7 1-6 1-9 1-6 
1-1s 1-i 1-7 1-1b 1-8 2-7 1-4 2-2 1-4 1-6 2-d 3 
7-p 1-5 1-b 1-d 1 1-t 1-3 1-i 6-6 1 1-f 1 
2-3 2 4-3 3 1-4 1 1 1-5 6-2 2 1 6 
1-2 1-5 6 2-2 1 g-9 v-6 2-5 2j-2 1-3 16 1 
1 1 3 3-2 4-7 1 1-k 1-9 4-4 1-6 1-2 1 
1 1-3 1 1 5-8 1 1 1-3 1 1 1 1 
1 1 1 1 1-6 1 1-2 2-1j 1 1-2 1 1-8 
1-6 1-2 1 2 1-3 1 7-3 1 1 1 1 1 
1 1 1-5 1 1 1 1 1 9-3 1-3 1-3 1 
1-d 1 1 1-b 1-3 1-5 1-2 1-3 1-3 1 1-4 1 
1 1 1 1 1 1 1 1 1 1 1-3 1 
1 1 1 1 1 1 1 1-7 1 1 1 1-5 
1 1 1 1 1 1-5 1 1 1 1 1 1 
1 1 2-12 a 1 2 5 3 3-2 2 3-2 1 
1 3 1 2h 3i-a b-4 3b-a 5i-a b2-8 6-a 30-2 1 
6-a 1v 2 y-3 2 7-a 3a-a 30-2 8-a 3a-a 3a-a 3a-a 
3a-a 3a-a 1v s-a 2h s-a 2-2 1a j-a p 9 4 
4 4 c 9 1-5 7 h 9 4 4 4 c 
3q-a 1y-a 6-12 1 5 1a ir-2e 5-2 1e s w 4 
1j 46 1x 18 g o b 4-2 6 5l 7y-a 12-a 
8c-a 3k-a 4m-a 6-a 52-a 2e-a 3q-a 6-a 12 1-5 2 6-17 
2-3 1s 3-2 1 2-2 1 1 8 2-2 3-3 9-3 1-b 
1-i 1-s d y-11 1s-4c 2 1-2j 1 1 9-8 8-6 a-8 
8-8 8-6 2 1 1 1 2 1 1 1 8-8 1 
1 1 1 1 1 1 a-8 8-8 8-8 3 2-c 1 
2-a 2-2 2-6 1-3 2-3 1-a 8-7 1-b 6 5 c-3 8 
3-2 1-2 4 1 8-3 d 7 g-2 2-r 1-d b 2f-4 
1-3 1-b 1-2 2-5 2-3 1 1 1 1-4 1-b 1-6 4-5 
6-1c 3-2 4 4i-2 1-2 6w-2 8l-3v a-9 1 5n bu-9 1-9 
1-9 hl 2v-3 2t 83-1c 1c 1-4 1 1 1 1-4 1 
2 6-9 1 1-3 1-5 1-5 1-5 1-3 1-9 1-3 1 1 
1 1 1 1 1 1 1 1 1 1 1 1 
1 1 1-3 1 1 1 1 1 1 1 1 8 
1 4 3g 8f 2b c-5y 16 6 1a 1-3 2o-2 2 
2n 1d-2m 3-e 2o-v 1-14 8-1b 1-ao ma8-2 1-2 1-2 1-2 1-2 
1-5 2-2 2-3 1 1 1-3 8b-a m 1 1 1 1 
1 1 1 1 1 1 1 1 1 1 1 1 
1 1 1 1 1 1 j 1 1 1 1 1 
1 1 1 1 1 1 1 1 1-2 3o 1 1 
1 1 1 1 1-3 1 1 1 1 1 1 1 
1 1 1 1 1 1 1 1 1 1 1 1 
1 1 1 1 1 1 1 1 1 1 1 1 
8 1 1-2 1 1 1 1 4 1 2 1 3 
1 1 1 1 1 1 1 1 1 1-5 1-5 1 
1 1 1 1 1 1 1-4 1 1-2 1 1 1 
1 1 1 1 1 k-5 2-2 5y-a 12-a 5i-a m-a 2e-a 
76-4 9 6-3 2 3-4 6 3 3 2 1 1-3 6 
2-2 5 3-2 3-2 2 3 1l-a f7q-7i 2 1 2-a 1 
1 2-2 3-1w 2-2y 12-7 c-5 5 1-o 1-5 1 1-2 1-2 
1-30 x-a3 i-1s 2-1i 14-d j-a m-l 2-c 1-j 1-4 4-3 1 
1-3r 4-5a 3-6 2-6 2-6 2-3 3-7 1-7 sx-14 3c-a 6-10 4c-b 
1-f 1-7 1-2 dn-5 1-16 1-9 xx-1f 3h-a 6-a 6-m lc-a 3k-a 
1o-a 40-a 7q-a 9i-a 3a-a ae-a 2u-a 6-k 24-a 9y-w w-a 2u-a 
ie-a 2e-a 6u-a 1y-a 1i-a 9y-a d06-a 1t2-a 2e-a 3q-a eu-a 5i-w 
1s-p il9-10 v8-7 2e-6 fz-2d 1-1z 1-2 2 2-2 2-4 1-c 1 
1-7 1-1t 1-4 2-8 1-7 1-s 1-4 1-5 1 3-7 1-9g 2-84 
2-1e 1m8-1q 5u-a bq-a dy-a 6v-a lh-y 1a-a x2-4 1-r 1-2 1 
2 1-a 1-4 1 1 6 4 1 1 1-3 1-2 1 
2 1 1 1 1 1-2 1 2-4 1-7 1-4 1-4 1 
1-a 1-h 5-3 1-5 1-h g4-d 3-v 1-w q-3 z 33-3 d-18 
4-9 7-2 1we-a 1ds6-f2 
`;
