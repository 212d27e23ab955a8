using Boltzmann.Compute;

namespace Boltzmann.Searching;

/// <summary>Chains in an archive: a bit for each unit and chain, energies as they were carried, random numbers, sums.</summary>
static class ChainArchive
{
    public static void Keep(this SearchArchive archive, string name, ChainLanes chains)
    {
        int units = chains.Program.Units;
        ulong[] bits = new ulong[units];
        if (!archive.IsReading)
            for (int p = 0; p < units; p++)
                for (int c = 0; c < ChainLanes.Count; c++)
                    if (chains.IsOn(p, c)) bits[p] |= 1UL << c;
        bits = archive.Keep($"{name}.states", bits);
        double[] energies = archive.Keep($"{name}.energies", chains.Energies);
        ulong[] generator = archive.Keep($"{name}.generator", chains.Generator);
        double[] sums = archive.Keep($"{name}.sums", [chains.Beta, chains.Reference, chains.Sums.Sum, chains.Sums.Squares]);
        long terms = archive.Keep($"{name}.terms", chains.Sums.Terms);
        // Fields of whole numbers are the same however they came about.
        ChainFields? fields = chains.Program.Form == LaneForm.Floats ? chains.Fields : null;
        byte[] kept = [];
        var (current, flips, sweeps, areCopies) = fields?.History ?? default;
        if (fields is not null)
        {
            kept = archive.Keep($"{name}.fields", fields.ToBytes());
            current = archive.Keep($"{name}.fields.current", current);
            flips = archive.Keep($"{name}.fields.flips", flips);
            sweeps = archive.Keep($"{name}.fields.sweeps", sweeps);
            areCopies = archive.Keep($"{name}.fields.are_copies", areCopies);
        }
        if (!archive.IsReading) return;
        for (int p = 0; p < units; p++)
            for (int c = 0; c < ChainLanes.Count; c++) chains.Put(p, c, (bits[p] >> c & 1) != 0);
        energies.CopyTo(chains.Energies, 0);
        generator.CopyTo(chains.Generator, 0);
        if (sums[0] > 0) chains.Beta = sums[0];
        chains.RestoreSums(sums[1], (sums[2], sums[3], terms));
        if (fields is null) return;
        fields.Restore(kept);
        fields.History = (current, flips, sweeps, areCopies);
    }

    public static void Keep(this SearchArchive archive, string name, LadderChains chains)
    {
        for (int g = 0; g < chains.Groups.Length; g++) archive.Keep($"{name}.{g}", chains.Groups[g]);
    }
}
