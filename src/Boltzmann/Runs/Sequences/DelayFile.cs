using System.Globalization;

namespace Boltzmann.Runs;

/// <summary>A CSV file of the delays of connections: a line for each unit that sends, a number for each unit that receives.</summary>
static class DelayFile
{
    /// <summary>Reads delays in the order i·V + j.</summary>
    /// <exception cref="BadInputException">Not as many lines and numbers as there are units, or something else than whole
    /// numbers.</exception>
    public static int[] Read(string path, int units)
    {
        string[] lines = [.. File.ReadAllLines(path).Where(line => line.Trim().Length > 0)];
        if (lines.Length != units) throw new BadInputException($"{path}: has {lines.Length} lines of delays for {units} units; expected "
            + "one for each");
        var delays = new List<int>();
        foreach (var (row, line) in lines.Index())
        {
            string[] cells = line.Split(',', ';', '\t');
            if (cells.Length != units) throw new BadInputException($"{path}: line {row + 1} has {cells.Length} delays for {units} units");
            foreach (var (column, cell) in cells.Index())
                delays.Add(int.TryParse(cell.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int delay) ? delay
                    : throw new BadInputException($"{path}: line {row + 1}, number {column + 1} is {Quoted.Text(cell.Trim())}; expected a "
                        + "whole number of steps"));
        }
        return [.. delays];
    }
}
