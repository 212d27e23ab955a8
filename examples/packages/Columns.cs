#:package Boltzmann.Data.Parquet@0.1.0
#:property PublishAot=false
// Reads a Parquet file: as numbers with labels, and column by column.
using Boltzmann;
using Boltzmann.Data;
using Parquet;
using Parquet.Schema;

var (length, kind) = (new DataField<double>("length"), new DataField<string>("kind"));
await using (FileStream file = File.Create("sizes.parquet"))
await using (ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(length, kind), file))
{
    using ParquetRowGroupWriter rows = writer.CreateRowGroup();
    await rows.WriteAsync<double>(length, new[] { 1.5, 1.25, 4.75, 4.5 });
    await rows.WriteAsync(kind, new[] { "small", "small", "large", "large" });
}

var data = new DataCatalog(tableFormats: [ParquetTables.Format]);
Dataset sizes = data.Open("sizes.parquet", new DataOptions { Csv = new CsvOptions { LabelColumn = "kind" } });
Console.WriteLine($"{sizes.Count} rows of {string.Join(", ", sizes.ColumnNames!)}; kinds {string.Join(", ", sizes.LabelNames!)}");
using ITableReader table = data.OpenTable("sizes.parquet", new DataOptions())!;
foreach (TableColumn column in TableDetector.Detect(table, new TableOptions()).Columns)
    Console.WriteLine($"{column.Name}: {column.Type}");
return sizes.Means()[0] == 3 ? 0 : 1;
