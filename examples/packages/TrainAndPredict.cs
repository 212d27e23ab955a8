#:package Boltzmann@0.1.0
#:property PublishAot=false
// Learns to tell two kinds of flowers apart by two measurements, saves what it learned, loads it and asks it.
using Boltzmann;

var random = new Random(1);
string[] kinds = [.. Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? "setosa" : "versicolor")];
double[][] petals = [.. kinds.Select(kind => kind == "setosa" ? Near(1.5, 0.2) : Near(4.3, 1.3))];

var classifier = new DbnClassifier<string>(new DbnSettings { Hidden = [16], Epochs = 30 });
classifier.Fit(petals, kinds);
classifier.Save("flowers.safetensors");   // the scaling of the columns and the names of the classes are in the file

DbnClassifier<string> loaded = DbnClassifier.Load<string>("flowers.safetensors");
double[][] asked = [[1.4, 0.2], [4.7, 1.5]];
string[] answers = loaded.Predict(asked);
for (int r = 0; r < asked.Length; r++)
    Console.WriteLine($"{asked[r][0]} cm long, {asked[r][1]} cm wide: {answers[r]}");
Console.WriteLine($"accuracy {loaded.Score(petals, kinds):P1}");
return answers is ["setosa", "versicolor"] ? 0 : 1;

double[] Near(double length, double width) => [length + 0.3 * random.NextDouble(), width + 0.2 * random.NextDouble()];
