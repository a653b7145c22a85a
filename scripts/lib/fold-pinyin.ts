import { polyphonic } from 'pinyin-pro';

/**
 * Characters with several readings in everyday use, the most frequent one first. Ours: pinyin-pro lists every reading a
 * dictionary has, also those of names and dead words, and its order is not one of frequency. All other characters have
 * the first reading that pinyin-pro gives.
 */
const authored =
  '阿a,e 艾ai 凹ao 扒ba,pa 薄bo,bao 堡bao,pu 暴bao 辟pi,bi 扁bian 便bian,pian 伯bo,bai 泊bo,po 卜bu,bo 参can,shen,cen ' +
  '藏cang,zang 曾ceng,zeng 差cha,chai,ci 查cha 拆chai 颤chan,zhan 长chang,zhang 厂chang 朝chao,zhao 车che,ju ' +
  '称cheng,chen 乘cheng 盛sheng,cheng 匙chi,shi 仇chou,qiu 臭chou,xiu 传chuan,zhuan 畜chu,xu 大da,dai 单dan,shan,chan ' +
  '弹dan,tan 得de,dei 的de,di 地di,de 调tiao,diao 都dou,du 读du 度du,duo 囤tun,dun 恶e,wu 番fan,pan 繁fan 佛fo,fu ' +
  '否fou,pi 脯fu,pu 干gan 盖gai,ge 给gei,ji 革ge 合he 龟gui,jun 柜gui 谷gu,yu 哈ha 咳ke,hai 行xing,hang 核he,hu 和he,huo,hu ' +
  '红hong 虹hong 还hai,huan 会hui,kuai 豁huo 系xi,ji 夹jia 贾jia,gu 价jia 见jian,xian 将jiang 降jiang,xiang ' +
  '嚼jiao,jue 角jiao,jue 脚jiao 教jiao 校xiao,jiao 觉jue,jiao 结jie 解jie,xie 藉jie,ji 禁jin 劲jin,jing 咀ju 桔ju,jie 句ju ' +
  '卡ka,qia 咖ka,ga 看kan 壳ke,qiao 可ke 溃kui 勒le,lei 乐le,yue 累lei 俩lia,liang 潦liao,lao 了le,liao 六liu,lu ' +
  '陆lu,liu 露lu,lou 率lv,shuai 绿lv,lu 落luo,la,lao 络luo,lao 埋mai,man 脉mai,mo 蔓man,wan 没mei,mo 糜mi,mei ' +
  '秘mi,bi 模mo,mu 抹mo,ma 哪na,nei 那na,nei 难nan 娜na,nuo 呢ne,ni 弄nong,long 女nv 疟nve,yao 区qu,ou 炮pao,bao ' +
  '胖pang 刨pao,bao 屏ping,bing 迫po,pai 朴pu,po,piao 曝pu,bao 瀑pu 期qi 奇qi,ji 其qi 铅qian 纤xian,qian 强qiang,jiang ' +
  '茄qie,jia 亲qin,qing 圈quan,juan 券quan,xuan 雀que,qiao 塞sai,se 色se,shai 莎sha,suo 刹sha,cha 杉shan,sha 厦sha,xia ' +
  '扇shan 芍shao 蛇she 射she 省sheng,xing 什shen,shi 石shi,dan 识shi,zhi 食shi 似si,shi 伺si,ci 熟shu,shou 属shu,zhu ' +
  '数shu,shuo 说shuo,shui 宿su,xiu 缩suo 汤tang 提ti,di 拓tuo,ta 褪tui,tun 尾wei,yi 蔚wei,yu 尉wei,yu 无wu 洗xi 吓xia,he ' +
  '巷xiang,hang 削xiao,xue 血xue,xie 兴xing 嘘xu,shi 咽yan,ye 叶ye,xie 遗yi 殷yin,yan 钥yao,yue 员yuan 约yue 扎zha,za ' +
  '轧ya,zha,ga 栅zha,shan 咋za,ze,zha 粘zhan,nian 择ze,zhai 着zhe,zhao,zhuo,zhu 折zhe,she 这zhe,zhei 只zhi 中zhong ' +
  '种zhong,chong 重zhong,chong 爪zhua,zhao 拽zhuai,ye 转zhuan 赚zhuan 追zhui 椎zhui,chui 仔zi,zai 卒zu,cu 柞zuo,zha 嚣xiao ' +
  '貉he 磅bang,pang 膀bang,pang 蚌bang,beng 剥bo,bao 绰chuo,chao 幢zhuang,chuang 撮cuo,zuo 佃dian 侗dong,tong 镐gao,hao ' +
  '蛤ge,ha 缉ji 稽ji,qi 济ji 祭ji 剿jiao,chao 颈jing,geng 纶lun,guan 氓mang,meng 牟mou,mu 宁ning 溺ni,niao 隽juan,jun ' +
  '翟zhai,di 祭ji 查cha 侧ce 答da 当dang 发fa 分fen 更geng 冠guan 号hao 好hao 横heng 间jian 尽jin 量liang 亮liang 露lu,lou ' +
  '散san 少shao 舍she 胜sheng 宿su,xiu 同tong 为wei 相xiang 应ying 与yu 载zai 涨zhang 正zheng 炸zha 骑qi 沈shen,chen ' +
  '臂bi,bei 秤cheng 澄cheng,deng 尺chi 伽jia,qie,ga 氏shi 万wan 熨yun,yu 吁yu,xu 芥jie,gai 楷kai 亢kang 槛kan,jian 烙lao,luo ' +
  '姥lao,mu 肋lei 碌lu,liu 娩mian 谜mi 坯pi 仆pu 悄qiao 翘qiao 鲜xian 旋xuan 晕yun 脏zang 挣zheng 钻zuan ' +
  '簿bu 耙pa,ba 柏bai,bo 谁shui,shei 辗zhan 攒zan,cuan 埔pu,bu 栖qi,xi 铣xi,xian 喳zha,cha 吱zhi,zi 偻lou,lv 莞guan,wan 荠ji,qi ' +
  '荥xing,ying 捋lv,luo 嗨hai,hei 咯ge,luo 槟bin,bing 禅chan,shan 铛dang,cheng 鹄hu,gu 窨yin,xun 螫zhe,shi 珲hun,hui 枞zong,cong ' +
  '桁heng,hang 蹊xi,qi 蛸shao,xiao 呱gua,gu 拗ao,niu 筠yun,jun 糁san,shen 棱leng,ling 泌mi,bi 裳shang,chang 掴guo,guai 拶zan,za ' +
  '呷xia,ga 峒dong,tong 陂bei,pi 芫yuan,yan 苕shao,tiao 荑yi,ti 蕃fan,bo 呲ci,zi 喁yong,yu 仡ge,yi 犍jian,qian 挲suo,sa 膻shan 趄ju,qie ' +
  '缪miu,mou,miao 桡rao,nao 孱chan,can 郇xun 乜mie,nie 裼ti,xi 箐qing,jing 繇yao,you 嚓cha,ca 嗒da,ta 哕yue,hui';

/** The readings of a character that pinyin-pro knows, in its order, without tones, ü as v, each once. */
export function toneless(character: string): string[] {
  const readings: string[] = polyphonic(character, { type: 'array' })[0] ?? [];
  const plain = readings.map((reading) =>
    reading.normalize('NFD').replaceAll('u\u0308', 'v').replaceAll(/\p{M}/gu, ''),
  );
  return [...new Set(plain)].filter((reading) => /^[a-z]+$/.test(reading));
}

/** Checked against pinyin-pro: an authored reading that it does not know is a slip. */
function parse(): Map<string, string[]> {
  const polyphones = new Map<string, string[]>();
  for (const entry of authored.split(' ')) {
    const character = entry.charAt(0);
    const readings = entry.slice(1).split(',');
    const known = [...toneless(character), ...(character === '着' ? ['zhu'] : [])];
    const unknown = readings.filter((reading) => !known.includes(reading));
    if (unknown.length > 0) throw new Error(`pinyin-pro has no ${unknown.join()} for ${character}.`);
    // One reading that pinyin-pro puts first anyway says nothing.
    if (readings.length > 1 || readings[0] !== known[0]) polyphones.set(character, readings);
  }
  return polyphones;
}

export const commonPolyphones: ReadonlyMap<string, readonly string[]> = parse();
