using System.Globalization;

namespace Boltzmann.Searching;

/// <summary>Numbers on two sides whose sums differ as little as possible: each number a spin, energy (Σ s·a)².</summary>
public sealed class NumberPartition
{
    /// <summary>So many numbers have two million pairs.</summary>
    const int Most = 2000;

    readonly SpinVariable[] spins;

    /// <summary>The problem of some numbers.</summary>
    /// <param name="numbers">Whole numbers above 0, 2 to 2000, whose sum is below 2⁵³.</param>
    /// <exception cref="ArgumentException">Others.</exception>
    public NumberPartition(IReadOnlyList<long> numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        if (numbers.Count is < 2 or > Most) throw new ArgumentException($"a partition is of 2 to {Most} numbers, not {numbers.Count}");
        double total = 0;
        foreach (long number in numbers)
        {
            if (number < 1) throw new ArgumentException($"{number} is not a whole number above 0", nameof(numbers));
            total += number;
        }
        if (total >= 1L << 53) throw new ArgumentException($"the numbers' sum, {total:G4}, is not below 2^53", nameof(numbers));
        Numbers = numbers;
        spins = [.. numbers.Select((_, i) => Problem.Spin($"x{i + 1}"))];
        Expression difference = Expression.Sum(spins.Select((spin, i) => (double)numbers[i] * (Expression)spin));
        Problem.Objective(difference * difference);
        // Which side is the left one does not matter.
        Problem.Require(spins[0].Up);
    }

    /// <summary>What is divided.</summary>
    public IReadOnlyList<long> Numbers { get; }

    /// <summary>What is searched: its objective is the square of the difference.</summary>
    public Problem Problem { get; } = new();

    /// <summary>The difference that no division can better: 0 or 1, as the total is even or odd.</summary>
    public long LeastDifference => Numbers.Sum() % 2;

    /// <summary>Whether each number is on the first side.</summary>
    public bool[] Sides(Solution solution)
    {
        ArgumentNullException.ThrowIfNull(solution);
        return Array.ConvertAll(spins, spin => solution[spin.Up]);
    }

    /// <summary>By how much the sums of the sides differ.</summary>
    public long Difference(IReadOnlyList<bool> sides)
    {
        ArgumentNullException.ThrowIfNull(sides);
        long sum = 0;
        for (int i = 0; i < Numbers.Count; i++) sum += sides[i] ? Numbers[i] : -Numbers[i];
        return Math.Abs(sum);
    }

    /// <summary>Reads numbers: one or more a line, between blanks, commas or semicolons; a first line of words is a header.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="BadInputException">The file is missing, or wrong; the message says where.</exception>
    public static NumberPartition Read(string path)
    {
        using var reader = new StringReader(PuzzleText.Read(path));
        List<long> numbers = [];
        for (int number = 1; reader.ReadLine() is string line; number++)
        {
            string[] words = line.Split([',', ';', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0 && words[0].StartsWith('#')) continue;
            if (number == 1 && words.Length > 0 && words.All(word => char.IsLetter(word[0]))) continue;
            foreach (string word in words)
                numbers.Add(long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value > 0 ? value
                    : throw new BadInputException($"{path}, line {number}: {Quoted.Text(word)} is not a whole number above 0"));
        }
        try
        {
            return new(numbers);
        }
        catch (ArgumentException wrong)
        {
            throw new BadInputException($"{path}: {wrong.Message.Split(" (Parameter")[0]}");
        }
    }
}
