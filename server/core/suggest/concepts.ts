/**
 * Words that systems use for one thing, each list under the word that stands for it: short forms,
 * other words, and English, German, French, Spanish, Italian, Dutch and Chinese (both scripts). It
 * holds what business data is called in general, not what any one system calls it.
 */
const CONCEPTS = `
account: account acct konto compte cuenta conto rekening 帳戶 账户 帳號 账号
active: active enabled aktiv actif activo attivo actief 啟用 启用
address: address addr adr adresse direccion indirizzo adres 地址 住址 址
age: age alter edad eta leeftijd 年齡 年龄 齡 龄
amount: amount amt betrag montant importe importo bedrag 金額 金额
area: area surface flaeche fläche superficie oppervlakte 面積 面积
author: author writer autor auteur autore verfasser 作者
balance: balance saldo solde 餘額 余额
barcode: barcode ean gtin upc strichcode 條碼 条码
birthday: birthday birthdate dob geburtsdatum naissance nacimiento nascita geboortedatum 生日
brand: brand make marke marque marca merk 品牌
category: category cat kind type class genre kategorie categorie categoria art typ 類型 类型 類別 类别 分類 分类 種類 种类 tag
city: city town ort stadt ville ciudad citta plaats 城市 市
code: code kennung codigo codice
color: color colour farbe couleur color colore kleur 顏色 颜色
comment: comment note remark notes comments bemerkung notiz commentaire comentario nota opmerking 備註 备注 註解 评论 評論
company: company firm organisation organization firma entreprise société empresa azienda bedrijf 公司 企業 企业
content: content body text inhalt contenu contenido contenuto inhoud 內容 内容 摘要 summary
country: country ctry land pays pais país paese 國家 国家
created: created creation inserted angelegt erstellt cree creado creato aangemaakt 建立 创建
currency: currency curr ccy waehrung währung devise moneda valuta 貨幣 货币 幣別 币别
customer: customer client cust kunde kunden kundin cliente klant 客戶 客户 顧客 顾客
date: date datum fecha data day dt tag 日期 日
deleted: deleted removed geloescht gelöscht supprime borrado 刪除 删除
delivery: delivery shipping shipment versand lieferung livraison envio spedizione levering 配送 運送 运送
department: department dept abteilung departement departamento reparto afdeling 部門 部门
description: description desc descr details beschreibung descripcion descrizione omschrijving 描述 說明 说明
direction: direction orientation facing richtung ausrichtung 方向 朝向
discount: discount rabatt remise descuento sconto korting 折扣
email: email mail mailaddress courriel correo 電郵 邮箱 電子郵件 邮件
employee: employee staff mitarbeiter employe empleado dipendente werknemer 員工 员工
end: end until to bis ende fin hasta fine einde 結束 结束
family: family surname lastname last nachname familienname apellido cognome achternaam 姓
fee: fee charge gebuehr gebühr frais tarifa tassa 費 费 費用 费用
floor: floor storey etage stockwerk étage piso verdieping 樓層 楼层 樓 楼
gender: gender sex geschlecht sexe sexo sesso geslacht 性別 性别
given: given first firstname forename vorname prenom prénom nombre voornaam 名字
height: height hoehe höhe hauteur altura altezza hoogte 高度
id: id identifier ident key uid uuid userid 編號 编号
image: image picture photo img thumbnail bild foto imagen immagine afbeelding 圖片 图片 照片 縮圖
language: language lang sprache langue idioma lingua taal 語言 语言
length: length laenge länge longueur longitud lunghezza lengte duration 長度 长度
link: link url uri href website web homepage 網址 网址 連結 链接 連接
location: location place standort lieu lugar luogo locatie 地點 地点
manufacturer: manufacturer producer hersteller fabricant fabricante produttore fabrikant 製造商 制造商 廠商 厂商
mobile: mobile cell handy portable movil cellulare mobiel 手機 手机
modified: modified updated changed geaendert geändert modifie modificado modificato gewijzigd 更新 修改
name: name title label bezeichnung titel titre nom titulo nome titolo naam caption 名稱 名称 標題 标题 品名 名
number: number no nr num nummer numero número numéro 號碼 号码 數 数
order: order auftrag bestellung commande pedido ordine 訂單 订单
origin: origin herkunft origine origen oorsprong 產地 产地
owner: owner besitzer proprietaire propietario proprietario eigenaar 所有者 擁有者
payment: payment zahlung paiement pago pagamento betaling 付款 支付
percent: percent pct prozent pourcent porcentaje percentuale 百分比
phone: phone tel telephone telefon telefono teléfono telefoon téléphone fone 電話 电话
postcode: postcode zip postal plz postleitzahl cap 郵遞區號 邮编 郵編
price: price preis prix precio prezzo prijs cost kosten 價格 价格 價錢 价钱 單價 单价 總價 总价 售價 售价 價 价
product: product item article artikel produkt produit producto articulo prodotto articolo 產品 产品 商品
published: published publish release released veroeffentlicht publie publicado 發布 发布 發佈 發表 发表
quantity: quantity qty menge quantite quantité cantidad quantita aantal count 數量 数量
rating: rating score bewertung note evaluacion valutazione 評分 评分
region: region province bundesland kanton provincia regione 省 州 地區 地区
salary: salary wage pay gehalt lohn salaire salario stipendio loon 薪資 工资 薪水
size: size groesse größe taille tamano tamaño taglia maat 尺寸 大小
source: source quelle fuente fonte bron 來源 来源
start: start from begin since von ab debut desde inizio vanaf 開始 开始
status: status zustand etat estado stato 狀態 状态
stock: stock inventory onhand bestand lager existencias giacenza voorraad 庫存 库存
street: street str strasse straße rue calle via straat 街道
supplier: supplier vendor lieferant fournisseur proveedor fornitore leverancier 供應商 供应商
tax: tax vat mwst ust steuer tva impuesto iva btw 稅 税
time: time zeit uhrzeit heure hora ora tijd timestamp 時間 时间
total: total sum gesamt summe somme suma totale totaal 總 总 合計 合计
unit: unit uom einheit unite unidad unita eenheid 單位 单位
user: user username login benutzer utilisateur usuario utente gebruiker 用戶 用户 使用者
valid: valid gueltig gültig valide valido geldig 有效
weight: weight gewicht poids peso 重量
width: width breite largeur ancho larghezza breedte 寬度 宽度
year: year jahr annee año anno jaar 年份 年
`;

/** By word, folded as names are; the first concept that lists a word keeps it. */
const CONCEPT_OF: ReadonlyMap<string, string> = readConcepts(CONCEPTS);

function readConcepts(text: string): ReadonlyMap<string, string> {
  const concepts = new Map<string, string>();
  for (const line of text.trim().split("\n")) {
    const [concept = "", words = ""] = line.split(": ");
    for (const word of words.split(" ")) if (!concepts.has(word)) concepts.set(word, concept);
  }
  return concepts;
}

/** The word that stands for all that mean the same: "preis" and "prix" => "price". */
export function conceptOf(word: string): string {
  return CONCEPT_OF.get(word) ?? word;
}

/** Characters of the longest listed word that is written without spaces between words. */
const RUN_LENGTH_MAX = 4;

/**
 * Words of a run of Chinese characters: the longest listed ones from the left, and single
 * characters between them. "管理費" => "管理", "費"
 */
export function wordsOfRun(run: string): string[] {
  const characters = [...run];
  const words: string[] = [];
  for (let at = 0; at < characters.length; ) {
    let length = Math.min(RUN_LENGTH_MAX, characters.length - at);
    while (length > 1 && !CONCEPT_OF.has(characters.slice(at, at + length).join(""))) length -= 1;
    words.push(characters.slice(at, at + length).join(""));
    at += length;
  }
  return words;
}

/** A part of a compound is at least so long: shorter ones are found in words by chance. */
const PART_LENGTH_MIN = 4;

/** A compound of two listed words, as German and Dutch write them: "kundennummer" => both. */
export function wordsOfCompound(word: string): string[] {
  if (CONCEPT_OF.has(word)) return [word];
  for (let at = word.length - PART_LENGTH_MIN; at >= PART_LENGTH_MIN; at -= 1) {
    const [left, right] = [word.slice(0, at), word.slice(at)];
    if (!CONCEPT_OF.has(right)) continue;
    // "kunden|nummer" joins by an n, "lieferungs|datum" by an s.
    const plain = [left, left.replace(/[ns]$/, ""), left.replace(/n$/, "e")];
    const known = plain.find((one) => CONCEPT_OF.has(one));
    if (known !== undefined) return [known, right];
  }
  return [word];
}
