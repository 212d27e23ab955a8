#:project ../src/Boltzmann
// A black-and-white picture, a tenth of whose pixels were turned: each pixel is a spin that agrees with what was seen and with its four
// neighbours (Geman and Geman 1984). The lowest energy is compared with the truth, and with a median of nine pixels, the plain method.
using Boltzmann.Reporting;
using Boltzmann.Searching;

const int Side = 64;
var random = new Random(1);
double[] truth = new double[Side * Side], seen = new double[Side * Side];
for (int y = 0; y < Side; y++)
    for (int x = 0; x < Side; x++)
    {
        double fromMiddle = Math.Sqrt(Math.Pow(x - 30, 2) + Math.Pow(y - 28, 2));
        truth[y * Side + x] = fromMiddle is > 12 and < 24 || (y > 50 && x < 44) || (x > 55 && y / 8 % 2 == 0) ? 1 : 0;
        seen[y * Side + x] = random.NextDouble() < 0.1 ? 1 - truth[y * Side + x] : truth[y * Side + x];
    }

var cleaning = new PictureCleaning(Side, Side, seen);
ProblemResult result = Search.Best(cleaning.Problem, new Tempering(), new StopRule { Sweeps = 200 }, seed: 1);
double[] found = cleaning.Read(result.Best), median = new double[Side * Side];
for (int y = 0; y < Side; y++)
    for (int x = 0; x < Side; x++)
    {
        var around = new List<double>();
        for (int row = Math.Max(0, y - 1); row <= Math.Min(Side - 1, y + 1); row++)
            for (int column = Math.Max(0, x - 1); column <= Math.Min(Side - 1, x + 1); column++) around.Add(seen[row * Side + column]);
        around.Sort();
        median[y * Side + x] = around[around.Count / 2];
    }
double Wrong(double[] picture) => picture.Zip(truth).Count(pair => pair.First != pair.Second);
Console.Write(CleaningDrawing.Text(Side, seen));
Console.Write(CleaningDrawing.Text(Side, found));
Console.WriteLine($"wrong pixels of {Side * Side}: {Wrong(seen)} as seen, {Wrong(median)} after a median of nine, "
    + $"{Wrong(found)} at the lowest energy found ({result.Seconds:F1} s)");
return Wrong(found) < Wrong(median) && Wrong(median) < Wrong(seen) ? 0 : 1;
