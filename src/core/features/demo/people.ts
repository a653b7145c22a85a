import type { Choices } from './random.ts';

// Invented people of an invented bank. Names are drawn from common characters; nobody real is meant.

export interface Employee {
  readonly userid: string;
  readonly name: string;
  readonly branch: string;
  readonly position: string;
}

export interface Customer {
  readonly id: string;
  readonly name: string;
  /** How employees address this customer. */
  readonly address: string;
  readonly manager: Employee;
}

const branches = ['城东支行', '湖滨支行', '高新支行', '江北支行'] as const;
const positions = ['客户经理', '客户经理', '客户经理', '理财经理', '大堂经理'] as const;

const surnames = [
  ['林', 'lin'], ['苏', 'su'], ['郑', 'zheng'], ['许', 'xu'], ['沈', 'shen'], ['韩', 'han'], ['唐', 'tang'],
  ['冯', 'feng'], ['程', 'cheng'], ['曹', 'cao'], ['邓', 'deng'], ['萧', 'xiao'], ['田', 'tian'], ['潘', 'pan'],
  ['袁', 'yuan'], ['蔡', 'cai'], ['余', 'yu'], ['叶', 'ye'], ['杜', 'du'], ['夏', 'xia'], ['钟', 'zhong'],
  ['汪', 'wang'], ['任', 'ren'], ['姜', 'jiang'], ['范', 'fan'], ['方', 'fang'], ['石', 'shi'], ['廖', 'liao'],
] as const; // prettier-ignore

const given = [
  ['晓岚', 'xiaolan'], ['子衿', 'zijin'], ['文远', 'wenyuan'], ['雨桐', 'yutong'], ['启明', 'qiming'],
  ['若溪', 'ruoxi'], ['思齐', 'siqi'], ['嘉禾', 'jiahe'], ['明轩', 'mingxuan'], ['静姝', 'jingshu'],
  ['海宁', 'haining'], ['书瑶', 'shuyao'], ['景行', 'jingxing'], ['云舟', 'yunzhou'], ['诗涵', 'shihan'],
  ['远山', 'yuanshan'], ['安然', 'anran'], ['知夏', 'zhixia'], ['星野', 'xingye'], ['沐阳', 'muyang'],
] as const; // prettier-ignore

/** Customers' given names: one of each makes 400, so that few people share one. */
const firstCharacters = Array.from('晓子文雨启若思嘉明静海书景云诗远安知星沐');
const secondCharacters = Array.from('岚悦源彤铭溪琪禾朗仪川薇航帆涵峰宜秋野晨');

/** 20 employees over four branches, each with a userid of their own. */
export function inventEmployees(choices: Choices): readonly Employee[] {
  return given.map(([name, letters], index) => {
    const [surname, surnameLetters] = choices.pick(surnames);
    return {
      userid: `${surnameLetters}${letters}`,
      name: `${surname}${name}`,
      branch: branches[index % branches.length] ?? branches[0],
      position: positions[Math.floor(index / branches.length) % positions.length] ?? positions[0],
    };
  });
}

/** Customers with WeChat ids (`wm…`), each looked after by one of the employees. */
export function inventCustomers(
  choices: Choices,
  employees: readonly Employee[],
  count: number,
): readonly Customer[] {
  return inventNames(choices, count, 'wmDEMO').map((person, index) => ({
    ...person,
    manager: employees[index % employees.length] ?? choices.pick(employees),
  }));
}

/** So many customers with ids that begin with `prefix`. */
export function inventNames(
  choices: Choices,
  count: number,
  prefix: string,
): readonly Omit<Customer, 'manager'>[] {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  return Array.from({ length: count }, (_, index) => {
    const [surname] = choices.pick(surnames);
    const name = `${choices.pick(firstCharacters)}${choices.pick(secondCharacters)}`;
    const title = choices.pick(['先生', '女士', '女士', '先生', '阿姨', '老师', '总']);
    const tail = Array.from({ length: 24 }, () => choices.pick(Array.from(letters))).join('');
    return {
      id: `${prefix}${tail}${String(index).padStart(4, '0')}`.slice(0, 32),
      name: `${surname}${name}`,
      address: `${surname}${title}`,
    };
  });
}
