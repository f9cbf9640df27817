/** Chinese invoices and OFD files as tests need them. Names and numbers are invented; the shape is that of public samples. */
import type { Packed } from './zipFile.js';

/** Fields of an EInvoice (数电票), version 0.32. */
export const E_INVOICE = {
  label: 'Y',
  number: '24452000000000000019',
  id: '24452000000000000019',
  seller: '91110000DEMBANKC9X',
  buyer: '91210000DEMAANTR84',
  net: '1200.00',
  tax: '72.00',
  total: '1272.00',
  issued: '2026-11-20 09:30:00',
  specific: '',
  remark: '',
};

/** An EInvoice with these fields. */
export function eInvoice(fields: Partial<typeof E_INVOICE> = {}): string {
  const { label, number, id, seller, buyer, net, tax, total, issued, specific, remark } = { ...E_INVOICE, ...fields };
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<EInvoice>
  <Header>
    <EIid>${id}</EIid><EInvoiceTag>SWEI3200</EInvoiceTag><Version>0.32</Version>
    <InherentLabel>
      <InIssuType><LabelCode>${label}</LabelCode><LabelName>是否蓝字发票标志</LabelName></InIssuType>
      <EInvoiceType><LabelCode>01</LabelCode><LabelName>电子发票</LabelName></EInvoiceType>
      <GeneralOrSpecialVAT><LabelCode>01</LabelCode><LabelName>增值税专用发票</LabelName></GeneralOrSpecialVAT>
    </InherentLabel>
  </Header>
  <EInvoiceData>
    <SellerInformation><SellerIdNum>${seller}</SellerIdNum><SellerName>示例钢铁有限公司</SellerName><SellerAddr/></SellerInformation>
    <BuyerInformation><BuyerIdNum>${buyer}</BuyerIdNum><BuyerName>示例贸易有限公司</BuyerName></BuyerInformation>
    <BasicInformation>
      <TotalAmWithoutTax>${net}</TotalAmWithoutTax><TotalTaxAm>${tax}</TotalTaxAm>
      <TotalTax-includedAmount>${total}</TotalTax-includedAmount>
      <TotalTax-includedAmountInChinese>壹仟贰佰柒拾贰圆整</TotalTax-includedAmountInChinese>
      <Drawer>某某</Drawer><RequestTime>${issued}</RequestTime>
    </BasicInformation>
    <IssuItemInformation>
      <ItemName>*黑色金属冶炼压延品*钢材</ItemName><Amount>1200.00</Amount><TaxRate>0.06</TaxRate>
      <ComTaxAm>72.00</ComTaxAm><TotaltaxIncludedAmount>1272.00</TotaltaxIncludedAmount>
    </IssuItemInformation>
    <SpecificInformation>${specific}</SpecificInformation>
    <AdditionalInformation><Remark>${remark}</Remark></AdditionalInformation>
  </EInvoiceData>
  <TaxSupervisionInfo>
    <InvoiceNumber>${number}</InvoiceNumber><IssueTime>${issued}</IssueTime>
    <TaxBureauCode>13200000000</TaxBureauCode><TaxBureauName>示例税务局</TaxBureauName>
  </TaxSupervisionInfo>
  <TaxBureauSignature><SignatureValue>AAAA</SignatureValue></TaxBureauSignature>
</EInvoice>`;
}

/** The red-letter invoice (红字发票) that takes back 400 of it. */
export const RED = {
  ...{ label: 'N', number: '26452000000000000027', id: '26452000000000000027' },
  ...{ net: '-377.36', tax: '-22.64', total: '-400.00', issued: '2026-12-01 10:00:00' },
  specific: `<RedEInvoice><OriginalInvoiceCode>${E_INVOICE.number}</OriginalInvoiceCode><CreditNoteNumber>32010026121000000001</CreditNoteNumber></RedEInvoice>`,
  remark: `被红冲蓝字数电发票号码：${E_INVOICE.number} 红字发票信息确认单编号：32010026121000000001`,
};

/** The older electronic invoice, with a code and a number. */
export const OLDER = `<?xml version="1.0" encoding="utf-8"?>
<eInvoice xmlns:fp="http://www.edrm.org.cn/schema/e-invoice/2019" Version="1.0">
  <fp:DocID>01</fp:DocID><fp:InvoiceCode>011001900311</fp:InvoiceCode><fp:InvoiceNo>21010038</fp:InvoiceNo>
  <fp:TypeCode>0</fp:TypeCode><fp:IssueDate>2026年04月07日</fp:IssueDate>
  <fp:Buyer><fp:BuyerName>示例贸易有限公司</fp:BuyerName><fp:BuyerTaxID>91210000DEMAANTR84</fp:BuyerTaxID></fp:Buyer>
  <fp:Seller><fp:SellerName>示例钢铁有限公司</fp:SellerName><fp:SellerTaxID>91110000DEMBANKC9X</fp:SellerTaxID></fp:Seller>
  <fp:TaxInclusiveTotalAmount>318.00</fp:TaxInclusiveTotalAmount><fp:Note/>
  <fp:TaxTotalAmount>18.00</fp:TaxTotalAmount><fp:TaxExclusiveTotalAmount>300.00</fp:TaxExclusiveTotalAmount>
</eInvoice>`;

const ofd = (name: string, inside: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><ofd:${name} xmlns:ofd="http://www.ofdspec.org/2016">${inside}</ofd:${name}>`;

/** The files of an OFD with an invoice among its attachments. */
export function ofdFiles(
  invoice: string,
  { documentLocation = 'Doc_0/Document.xml', location = 'original_invoice.xml' } = {},
): readonly Packed[] {
  return [
    {
      name: 'OFD.xml',
      content: ofd(
        'OFD',
        `<ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID></ofd:DocInfo><ofd:DocRoot>${documentLocation}</ofd:DocRoot></ofd:DocBody>`,
      ),
    },
    {
      name: 'Doc_0/Document.xml',
      content: ofd(
        'Document',
        '<ofd:CommonData/><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages><ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>',
      ),
    },
    { name: 'Doc_0/Pages/Page_0/Content.xml', content: ofd('Page', '') },
    {
      name: 'Doc_0/Attachs/Attachments.xml',
      content: ofd(
        'Attachments',
        `<ofd:Attachment ID="8" Name="original_invoice" Format="xml"><ofd:FileLoc>${location}</ofd:FileLoc></ofd:Attachment>`,
      ),
    },
    { name: 'Doc_0/Attachs/original_invoice.xml', content: invoice },
  ];
}
