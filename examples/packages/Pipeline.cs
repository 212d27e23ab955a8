#:package Boltzmann.ML@0.1.0
#:property PublishAot=false
// Features of a restricted Boltzmann machine before a linear classifier of ML.NET.
using Boltzmann;
using Boltzmann.Data;
using Boltzmann.ML;
using Microsoft.ML;
using Microsoft.ML.Data;

Dataset made = Digits.Generate(1000, seed: 1);
var row = new double[made.Columns];
Digit[] rows = [.. Enumerable.Range(0, made.Count).Select(r =>
{
    made.Rows.Read(r, row);
    return new Digit { Pixels = Array.ConvertAll(row, x => (float)x), Kind = $"{made.Labels![r]}" };
})];

var context = new MLContext(seed: 1);
IDataView digits = context.Data.LoadFromEnumerable(rows);
var pipeline = context.Transforms.Conversion.MapValueToKey("Label", "Kind")
    .Append(new MachineFeatures(context, new RbmTransformer(new RbmSettings { Hidden = 64, Epochs = 5 }), "Features", "Pixels"))
    .Append(context.MulticlassClassification.Trainers.LbfgsMaximumEntropy());
var split = context.Data.TrainTestSplit(digits, testFraction: 0.25);
IDataView answers = pipeline.Fit(split.TrainSet).Transform(split.TestSet);
double accuracy = context.MulticlassClassification.Evaluate(answers).MicroAccuracy;
Console.WriteLine($"accuracy {accuracy:P1}");
return accuracy > 0.7 ? 0 : 1;

sealed class Digit
{
    [VectorType(784)]
    public float[] Pixels { get; set; } = [];

    public string Kind { get; set; } = "";
}
