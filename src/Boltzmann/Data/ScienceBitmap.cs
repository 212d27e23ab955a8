namespace Boltzmann.Data;

/// <summary>
/// The word SCIENCE as 35 columns of 7 pixels, read from left to right: the sequence that seven neurons memorise in Osogami and Otsuka
/// (2015). Each letter has a blank column behind it, so that no two beginnings are alike and all of it can be recalled from nothing; S, C
/// and I
/// take the first 14 columns.
/// </summary>
public static class ScienceBitmap
{
    // A letter's columns without the blank one: 4, but 3 of I and 5 of N.
    static readonly string[] lines =
    [
        ".###..##..###.####.#...#..##..####.",
        "#....#..#..#..#....#...#.#..#.#....",
        "#....#.....#..#....##..#.#....#....",
        ".##..#.....#..###..#.#.#.#....###..",
        "...#.#.....#..#....#..##.#....#....",
        "...#.#..#..#..#....#...#.#..#.#....",
        "###...##..###.####.#...#..##..####.",
    ];

    /// <summary>The sequence: a step is a column, its uppermost pixel first.</summary>
    public static Sequences Create()
    {
        int steps = lines[0].Length;
        var bits = new byte[steps * lines.Length];
        for (int t = 0; t < steps; t++)
            for (int v = 0; v < lines.Length; v++) bits[t * lines.Length + v] = lines[v][t] == '#' ? (byte)1 : (byte)0;
        return new(new("science", new ByteRows(bits, lines.Length, scale: 1)));
    }
}
