using System.Globalization;
using System.Text;

namespace Boltzmann.Searching;

/// <content>Cities and tours written.</content>
public sealed partial class TsplibFile
{
    /// <summary>
    /// Writes cities as TSPLIB has them: by coordinates where their distances follow from them as one of its kinds has it, otherwise by
    /// the full matrix, with coordinates to draw them at where there are any. Names stand in comments.
    /// </summary>
    /// <param name="path">What is written, whole or not at all; packed by gzip if its name ends in .gz.</param>
    /// <param name="trip">The cities.</param>
    /// <param name="name">Of the problem.</param>
    /// <exception cref="BadInputException">The file cannot be written.</exception>
    public static void Write(string path, RoundTrip trip, string name)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(trip);
        int n = trip.Names.Count;
        bool isSymmetric = true;
        for (int a = 0; a < n; a++)
            for (int b = 0; b < a; b++) isSymmetric &= trip.Distances[a, b] == trip.Distances[b, a];
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"NAME : {name}\nTYPE : {(isSymmetric ? "TSP" : "ATSP")}\n");
        for (int city = 0; city < n; city++)
            if (trip.Names[city] != $"{city + 1}")
                text.Append(CultureInfo.InvariantCulture, $"COMMENT : {city + 1} is {trip.Names[city].ReplaceLineEndings(" ")}\n");
        text.Append(CultureInfo.InvariantCulture, $"DIMENSION : {n}\nEDGE_WEIGHT_TYPE : {trip.DistanceKind ?? Explicit}\n");
        if (trip.DistanceKind is null)
        {
            text.Append("EDGE_WEIGHT_FORMAT : FULL_MATRIX\n");
            if (trip.Positions is not null) text.Append("DISPLAY_DATA_TYPE : TWOD_DISPLAY\n");
            text.Append("EDGE_WEIGHT_SECTION\n");
            for (int a = 0; a < n; a++)
                for (int b = 0; b < n; b++)
                    text.Append(CultureInfo.InvariantCulture, $"{(a == b ? 0 : trip.Distances[a, b]):R}{(b == n - 1 ? '\n' : ' ')}");
        }
        if (trip.Positions is { } positions)
        {
            text.Append(trip.DistanceKind is null ? "DISPLAY_DATA_SECTION\n" : "NODE_COORD_SECTION\n");
            for (int city = 0; city < n; city++)
                text.Append(CultureInfo.InvariantCulture, $"{city + 1} {positions[city].X:R} {positions[city].Y:R}\n");
        }
        ProblemFileWriter.WriteText(path, text.Append("EOF\n").ToString());
    }

    /// <summary>A tour as TSPLIB has it.</summary>
    /// <param name="name">Of the tour.</param>
    /// <param name="tour">The cities in their order, from 0.</param>
    public static string TourText(string name, IReadOnlyList<int> tour)
    {
        ArgumentNullException.ThrowIfNull(tour);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"NAME : {name}\nTYPE : TOUR\nDIMENSION : {tour.Count}\nTOUR_SECTION\n");
        foreach (int city in tour) text.Append(CultureInfo.InvariantCulture, $"{city + 1}\n");
        return text.Append("-1\nEOF\n").ToString();
    }
}
