#:project ../src/Boltzmann
// Numbers on two sides with equal sums: a number is a spin, the energy the square of the difference. Taking the largest numbers first,
// each to the lighter side, is what one does by hand; the machine does better, and knows when it cannot: the difference has the parity of
// the total.
using Boltzmann.Reporting;
using Boltzmann.Searching;

var random = new Random(1);
long[] numbers = [.. Enumerable.Range(0, 30).Select(_ => (long)random.Next(1, 100_000))];
long left = 0, right = 0;
foreach (long number in numbers.OrderDescending())
    if (left <= right) left += number;
    else right += number;
long byHand = Math.Abs(left - right);

var partition = new NumberPartition(numbers);
var stop = new StopRule { Target = Math.Pow(partition.LeastDifference, 2), Seconds = 5 };
ProblemResult result = Search.Best(partition.Problem, new Tempering(), stop, seed: 1);
bool[] sides = partition.Sides(result.Best);
Console.WriteLine($"by hand the sums differ by {byHand}; the machine's by {partition.Difference(sides)} after {result.Seconds:F2} s "
    + $"({result.Status.ToString().ToLowerInvariant()}):");
Console.Write(PartitionDrawing.Text(numbers, sides));
return partition.Difference(sides) < byHand ? 0 : 1;
