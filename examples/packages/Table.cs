#:package Boltzmann.Data@0.1.0
#:property PublishAot=false
// Learns the classes of a table with a column of text, and judges by rows that were held out.
using System.Globalization;
using Boltzmann;
using Boltzmann.Data;

var random = new Random(1);
File.WriteAllLines("petals.csv", ["length,width,kind", .. Enumerable.Range(0, 200).Select(i => i % 2 == 0
    ? string.Create(CultureInfo.InvariantCulture, $"{1.5 + 0.3 * random.NextDouble()},{0.2 + 0.2 * random.NextDouble()},setosa")
    : string.Create(CultureInfo.InvariantCulture, $"{4.3 + 0.3 * random.NextDouble()},{1.3 + 0.2 * random.NextDouble()},versicolor"))]);

Dataset petals = CsvDataset.Read("petals.csv", new CsvOptions { LabelColumn = "kind" });
var (training, test) = Split.Random(petals, 0.25, new Rng(1), stratify: true);
var classifier = new DbnClassifier<string>(new DbnSettings { Hidden = [16], Epochs = 30 });
classifier.Fit(training);
classifier.Save("petals.safetensors");
double accuracy = classifier.Score(test);
Console.WriteLine($"{test.Count} rows, columns {string.Join(", ", petals.ColumnNames!)}, accuracy {accuracy:P1}");
return accuracy > 0.95 ? 0 : 1;
