using System.Globalization;

namespace Boltzmann.Experiments;

/// <summary>Artificial proteins on a lattice, of which it is known how well each folds.</summary>
sealed class ProteinLattice(ExperimentContext context, Measurements kept)
{
    const int Held = 10_000, Epochs = 15;
    const double L1b = 0.025;
    const string Folding = "protein-families/lattice-pnat.csv.gz";

    /// <summary>Adds its rows.</summary>
    public void AddTo(TextTable table)
    {
        var family = new ProteinFamily(context, "lattice", Held);
        var machine = new ProteinMachine(context, family, "lattice proteins", "lattice", ProteinMachine.DoubleRelu(L1b, Epochs) with
        {
            Weights = null,
            Steps = [5],
        });
        ProteinScores independent = ProteinScores.OfIndependentSites(family), s = machine.Score(kept, 0);
        table.Add("lattice proteins, independent sites", "", $"{independent.Test:F2}", "", "exact", "");
        table.Add($"lattice proteins, {machine.Plan.Hidden[0]} {machine.Plan.HiddenUnits[0]}; rank correlation of log p with folding "
            + $"{Rank(machine):F3}", $"{s.Weighed:F2}", $"{s.Test:F2}", "", $"{s.Gap:F2}", $"{s.Seconds:F0}");
    }

    double Rank(ProteinMachine machine) => kept.Once("lattice, rank correlation", () =>
    {
        ProteinFamily family = machine.Family;
        double[] folds = [.. ExperimentTable.Read(context, context.Data.FindFile(Folding) ?? throw new BadInputException(
            $"{Folding} is not there")).Rows.Select(row => double.Parse(row[0], CultureInfo.InvariantCulture))];
        EnergyModel own = machine.Load(0);
        IReadOnlyList<double> free = FreeEnergy.PerRow(own, family.Test.ToMatrix(own.Placement)).PerRow;
        int first = family.Learned.Count;
        return [Correlations.OfRanks([.. free.Select(f => -f)], folds[first..(first + family.Test.Count)])];
    })[0];
}
