#:project ../src/Boltzmann
// Digits in a few numbers instead of 784: a deep belief network learns to describe them, without labels, and the three nearest neighbours
// of a new digit say what it is. How much of what matters a code keeps is how well that works in it, against all pixels.
using Boltzmann;
using Boltzmann.Classifiers;
using Boltzmann.Data;

Dataset training = Digits.Generate(3000, seed: 1), test = Digits.Generate(500, seed: 2);
double inPixels = Nearest(training.ToMatrix(), test.ToMatrix());
Console.WriteLine($"{training.Columns} pixels: {100 * inPixels:F1} % of {test.Count} new digits recognised by their 3 nearest neighbours");

double inCode = 0;
foreach (int units in (int[])[5, 10, 20])
{
    var transformer = new DbnTransformer(new DbnSettings { Hidden = [200, units], PretrainingEpochs = 10 });
    Matrix codes = Matrix.From(transformer.FitTransform(training)), newCodes = Matrix.From(transformer.Transform(test));
    inCode = Nearest(codes, newCodes);
    Console.WriteLine($"{units,3} units:  {100 * inCode:F1} %, a {training.Columns / units}th of the numbers");
}
return inCode > 0.7 ? 0 : 1;

double Nearest(Matrix known, Matrix unknown)
{
    var neighbors = new KNearestNeighbors(neighbors: 3);
    neighbors.Fit(known, training.Labels!);
    return neighbors.Accuracy(unknown, test.Labels!);
}
