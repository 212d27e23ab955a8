using System.Text;
using Boltzmann.Searching;

namespace Boltzmann.Tests.Searching;

/// <summary>Cities and tours as TSPLIB has them.</summary>
public class TsplibTests
{
    static TsplibFile Read(string text) => TsplibFile.Read(ProblemText.Over("c.tsp", Encoding.UTF8.GetBytes(text)));

    static string Points(string kind, params string[] points) => $"NAME: test\nTYPE : TSP\nDIMENSION: {points.Length}\n"
        + $"EDGE_WEIGHT_TYPE : {kind}\nNODE_COORD_SECTION\n" + string.Concat(points.Select((p, k) => $"{k + 1} {p}\n")) + "EOF\n";

    [Theory]
    [InlineData("EUC_2D", "0 0", "1 1", 1)]         // 1.41 to the nearest
    [InlineData("EUC_2D", "0 0", "0 2.5", 3)]       // a half goes up
    [InlineData("CEIL_2D", "0 0", "1 1", 2)]
    [InlineData("ATT", "0 0", "0 10", 4)]           // 3.16 goes up
    [InlineData("ATT", "6734 1453", "2233 10", 1495)]
    [InlineData("GEO", "38.24 20.42", "39.57 26.15", 509)]   // the first two cities of ulysses16
    public void Distances_are_rounded_as_each_kind_defines(string kind, string a, string b, double distance)
    {
        TsplibFile cities = Read(Points(kind, a, b));
        Assert.Equal(("test", 2, distance, distance), (cities.Name, cities.Cities, cities.Distances[0, 1], cities.Distances[1, 0]));
    }

    [Theory]
    [InlineData("FULL_MATRIX", "0 1 2\n1 0 3\n2 3 0")]
    [InlineData("UPPER_ROW", "1 2 3")]
    [InlineData("LOWER_ROW", "1\n2 3")]
    [InlineData("UPPER_DIAG_ROW", "0 1\n2 0 3\n0")]
    [InlineData("LOWER_DIAG_ROW", "0 1 0 2 3 0")]
    [InlineData("LOWER_COL", "1 2 3")]
    [InlineData("UPPER_COL", "1 2 3")]
    public void Tables_are_read_in_every_form(string format, string weights)
    {
        TsplibFile cities = Read($"TYPE: TSP\nDIMENSION: 3\nEDGE_WEIGHT_TYPE: EXPLICIT\nEDGE_WEIGHT_FORMAT: {format}\n"
            + $"EDGE_WEIGHT_SECTION\n{weights}\nEOF\n");
        Assert.Equal([0, 1, 2, 1, 0, 3, 2, 3, 0], cities.Distances.Cast<double>());
        Assert.Equal(6, cities.Length([0, 2, 1]));
    }

    [Fact]
    public void A_tour_that_is_written_is_read()
    {
        string text = TsplibFile.TourText("t", [2, 0, 1]);
        Assert.Equal([2, 0, 1], TsplibFile.ReadTour(ProblemText.Over("t.tour", Encoding.UTF8.GetBytes(text)), 3));
    }

    [Theory]
    [InlineData("TOUR_SECTION\n1\n2\n-1\n", "never comes to city 3")]
    [InlineData("TOUR_SECTION\n1\n2\n2\n-1\n", "line 4, column 1: the tour comes to city 2 twice")]
    [InlineData("TOUR_SECTION\n0\n-1\n", "0 is not a city")]
    [InlineData("DIMENSION: 4\nTOUR_SECTION\n", "the tour is of '4' cities")]
    [InlineData("1 2 3\n", "has no TOUR_SECTION")]
    public void A_tour_that_is_no_permutation_is_refused(string text, string message) => Assert.Contains(message,
        Assert.Throws<BadInputException>(() => TsplibFile.ReadTour(ProblemText.Over("t.tour", Encoding.UTF8.GetBytes(text)), 3)).Message);

    [Theory]
    [InlineData("DIMENSION: 2\nEDGE_WEIGHT_TYPE: EUC_3D\nNODE_COORD_SECTION\n1 0 0\n2 1 1\n", "'EUC_3D'; expected EUC_2D")]
    [InlineData("DIMENSION: 3\nEDGE_WEIGHT_TYPE: EUC_2D\nNODE_COORD_SECTION\n1 0 0\n2 1 1\n", "3 cities, but the file ends after 2")]
    [InlineData("DIMENSION: 2\nEDGE_WEIGHT_TYPE: EUC_2D\nNODE_COORD_SECTION\n1 0 0\n1 1 1\n", "city 1 is there twice")]
    [InlineData("DIMENSION: 2\nEDGE_WEIGHT_TYPE: EUC_2D\nNODE_COORD_SECTION\n1 0 nan\n2 1 1\n", "line 4, column 5: 'nan' is not a finite")]
    [InlineData("NODE_COORD_SECTION\n1 0 0\n", "comes before DIMENSION")]
    [InlineData("DIMENSION: 0\nNODE_COORD_SECTION\n", "DIMENSION is '0'")]
    [InlineData("DIMENSION: 2\nEDGE_WEIGHT_TYPE: EUC_2D\n", "has no NODE_COORD_SECTION")]
    [InlineData("DIMENSION: 2\nEDGE_WEIGHT_TYPE: EXPLICIT\nEDGE_WEIGHT_FORMAT: FULL_MATRIX\nEDGE_WEIGHT_SECTION\n0 1 1\n", "ends within")]
    public void A_bad_file_is_told_what_is_wrong_where(string text, string message) =>
        Assert.Contains(message, Assert.Throws<BadInputException>(() => Read(text)).Message);

    [Fact]
    public void Files_with_random_changes_end_in_cities_or_one_clear_line()
    {
        string[] files = [Points("EUC_2D", "0 0", "1 1", "3 4"), Points("GEO", "38.24 20.42", "39.57 26.15"),
            "TYPE: TSP\nDIMENSION: 3\nEDGE_WEIGHT_TYPE: EXPLICIT\nEDGE_WEIGHT_FORMAT: UPPER_ROW\nEDGE_WEIGHT_SECTION\n1 2 3\nEOF\n"];
        var random = new Random(23);
        int read = 0;
        for (int i = 0; i < 15_000; i++)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(files[i % files.Length]);
            for (int changes = random.Next(1, 4); changes > 0; changes--) bytes[random.Next(bytes.Length)] = (byte)random.Next(128);
            try
            {
                TsplibFile.Read(ProblemText.Over("c.tsp", bytes));
                read++;
            }
            catch (BadInputException e)
            {
                Assert.DoesNotContain('\n', e.Message);
                Assert.StartsWith("c.tsp", e.Message);
            }
        }
        Assert.True(read > 100);
    }
}
