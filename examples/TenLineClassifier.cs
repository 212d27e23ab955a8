#:project ../src/Boltzmann
// A deep classifier in ten lines: pre-trained without labels, fine-tuned with them, saved with its preprocessing and read again.
using Boltzmann;
using Boltzmann.Data;

Dataset training = Digits.Generate(2000, seed: 1), test = Digits.Generate(500, seed: 2);
var classifier = new DbnClassifier<int>(new DbnSettings { Hidden = [200, 100], PretrainingEpochs = 5, Epochs = 10 });
classifier.Fit(training);
Console.WriteLine($"{100 * classifier.Score(test):F1} % of {test.Count} new digits are recognised");

string file = Path.Combine(Path.GetTempPath(), "digits-classifier.safetensors");
classifier.Save(file);
int[] predicted = DbnClassifier.Load<int>(file).Predict(test);
Console.WriteLine($"the first ten: {string.Join(' ', predicted.Take(10))}, truly {string.Join(' ', test.Labels!.Take(10))}");
return classifier.Score(test) > 0.9 ? 0 : 1;
