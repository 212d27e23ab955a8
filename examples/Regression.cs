#:project ../src/Boltzmann
// How far a digit leans, from its pixels: a regressor that first learns what digits look like, then to put a number to them. The truth is
// measured from the picture itself, as the slope of its main axis, so nobody has to label anything.
using Boltzmann;
using Boltzmann.Data;

Dataset training = Digits.Generate(2000, seed: 1), test = Digits.Generate(500, seed: 2);
double[] learned = Slants(training), truth = Slants(test);

var regressor = new DbnRegressor(new DbnSettings { Hidden = [100, 50], PretrainingEpochs = 3, Epochs = 15 });
regressor.Fit(training, learned);
double[] predicted = regressor.Predict(test);
double score = regressor.Score(test, truth);
Console.WriteLine($"R² on {test.Count} new digits: {score:F3} (1 is perfect, 0 no better than the mean)");
for (int r = 0; r < 5; r++) Console.WriteLine($"  a {test.Labels![r]} that leans {truth[r],6:F2}, predicted {predicted[r],6:F2}");
return score > 0.5 ? 0 : 1;

// Covariance of columns and rows over the variance of rows, of ink: columns that the axis moves for each row upward.
static double[] Slants(Dataset digits)
{
    const int Side = 28;
    var pixels = new double[Side * Side];
    return [.. Enumerable.Range(0, digits.Count).Select(r =>
    {
        digits.Rows.Read(r, pixels);
        double ink = pixels.Sum(), x = pixels.Select((p, i) => p * (i % Side)).Sum() / ink,
            y = pixels.Select((p, i) => p * (i / Side)).Sum() / ink;
        double joint = pixels.Select((p, i) => p * (i % Side - x) * (y - i / Side)).Sum(),
            vertical = pixels.Select((p, i) => p * (i / Side - y) * (i / Side - y)).Sum();
        return joint / vertical;
    })];
}
