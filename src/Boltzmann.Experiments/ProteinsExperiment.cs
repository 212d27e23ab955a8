namespace Boltzmann.Experiments;

/// <summary>Protein families: likelihoods of far sequences, contacts, samples; artificial proteins whose law is known.</summary>
sealed class ProteinsExperiment : Experiment
{
    const int Seeds = 3, Logos = 8;
    const string Known = "protein-families/kunitz-contacts.csv";

    // Twice the published penalty of pairs, 0.01 (Ekeberg et al. 2013).
    const double PublishedL2 = 0.02;

    static readonly double[] penalties = [0.1, 0.05, 0.02, 0.01], pottsPenalties = [0.1, 0.05, PublishedL2, 0.01, 0.005];

    public override string Name => "proteins";

    public override void Run(ExperimentContext context)
    {
        if (context.AsPublished) throw new BadInputException($"{Name}: the splits are ours: run it without --as-published");
        string label = context.Labelled(Name);
        var kept = new Measurements(Path.Combine(context.Runs, label), $"{context.Seed}, {context.Quick}");
        var kunitz = new ProteinFamily(context, "kunitz");

        ProteinMachine[] tried = [.. penalties.Select(l1b => new ProteinMachine(context, kunitz,
            $"RBM, 100 dReLU hidden, L1b {l1b:R}", $"drelu-{l1b:R}", ProteinMachine.DoubleRelu(l1b, 60))),
            new(context, kunitz, "RBM, 200 Bernoulli hidden, L1b 0.02", "bernoulli", ProteinMachine.Bernoulli(0.02, 80))];
        ProteinMachine best = tried.MaxBy(machine => machine.Score(kept, 0).HeldOut)!;
        ProteinMachine[] potts = [.. pottsPenalties.Select(l2 => new ProteinMachine(context, kunitz,
            $"Potts machine, pseudo-likelihood, L2 {l2:R}", $"potts-{l2:R}", ProteinMachine.Potts(l2)))];
        ProteinMachine bestPotts = potts.MaxBy(machine => machine.Score(kept, 0).HeldOut)!;
        ProteinScores[] seeds = [.. Enumerable.Range(0, context.Quick ? 1 : Seeds).Select(seed => best.Score(kept, seed))];

        TextTable likelihood = LikelihoodTable(kunitz, [.. potts, .. tried], kept, best, seeds);
        var contacts = new ProteinContacts(context, kunitz, context.Data.FindFile(Known)
            ?? throw new BadInputException($"{Known} is not there"),
            [.. potts.Where(machine => machine == bestPotts || machine.Plan.L2 == PublishedL2)], best, seeds.Length);
        TextTable precision = contacts.Run();
        context.Prose.Write(likelihood.ToText());
        context.Prose.Write(precision.ToText());
        context.WriteText($"{label}-contacts.svg", contacts.Map);
        context.WriteText($"{label}-precision.svg", contacts.Curves);
        context.WriteText($"{label}-logos.svg", ProteinPictures.Logos((Rbm)best.Load(0), kunitz, Logos));
        var samples = new ProteinSamples(context, kunitz, best);
        TextTable moments = samples.Run(kept);
        context.WriteText($"{label}-moments.svg", samples.Moments);
        context.WriteText($"{label}-distance.svg", samples.Distances);

        var ww = new ProteinMachine(context, new ProteinFamily(context, "ww"), "WW", "ww", best.Plan);
        var lattice = new ProteinLattice(context, kept);
        TextTable families = Families(ww, kept, lattice);
        Write(context, new()
        {
            { "sequences", $"{kunitz.All.Count:N0}" },
            { "learned", $"{kunitz.Learned.Count:N0}" },
            { "effective", $"{kunitz.Learned.RowWeights!.Sum():N0}" },
            { "held", $"{kunitz.FarHeldOut!.Count:N0}" },
            { "test", $"{kunitz.Test.Count:N0}" },
            { "far", $"{kunitz.FarTest!.Count:N0}" },
            { "likelihood", likelihood },
            { "best", best.Name },
            { "potts", bestPotts.Name },
            { "published", $"{PublishedL2:R}" },
            { "precision", precision },
            { "moments", moments },
            { "families", families },
            { "train", TrainCommand(best.Plan) },
            { "join", TrainPottsCommand(bestPotts.Plan) },
        });
        context.Found("Kunitz, far test sequences [nats]", seeds.Average(s => s.FarTest));
    }

    static TextTable LikelihoodTable(ProteinFamily family, ProteinMachine[] tried, Measurements kept, ProteinMachine best,
        ProteinScores[] seeds)
    {
        var table = new TextTable("", "far held out", "test", "test, far", "bracket of log Z", "seconds");
        ProteinScores plain = ProteinScores.OfIndependentSites(family);
        table.Add("independent sites", $"{plain.HeldOut:F2}", $"{plain.Test:F2}", $"{plain.FarTest:F2}", "exact", "");
        foreach (ProteinMachine machine in tried)
        {
            ProteinScores s = machine.Score(kept, 0);
            table.Add(machine.Name, $"{s.HeldOut:F2}", $"{s.Test:F2}", $"{s.FarTest:F2}", $"{s.Gap:F2}", $"{s.Seconds:F0}");
        }
        table.Add($"**{best.Name}**, {seeds.Length} seeds", WithError(seeds.Select(s => s.HeldOut)), WithError(seeds.Select(s => s.Test)),
            WithError(seeds.Select(s => s.FarTest)), $"{seeds.Max(s => Math.Abs(s.Gap)):F2} at most",
            $"{seeds.Average(s => s.Seconds):F0}");
        return table;
    }

    static TextTable Families(ProteinMachine ww, Measurements kept, ProteinLattice lattice)
    {
        ProteinScores independent = ProteinScores.OfIndependentSites(ww.Family), s = ww.Score(kept, 0);
        var table = new TextTable("", "learned, by weights", "test", "test, far", "bracket of log Z", "seconds");
        table.Add("WW, independent sites", "", $"{independent.Test:F2}", $"{independent.FarTest:F2}", "exact", "");
        table.Add("WW, 100 dReLU (Tubiana et al. 2019)", "−38.8", "", "", "", "");
        table.Add($"WW, {ww.Plan.Hidden[0]} {ww.Plan.HiddenUnits[0]}", $"{s.Weighed:F2}", $"{s.Test:F2}", $"{s.FarTest:F2}", $"{s.Gap:F2}",
            $"{s.Seconds:F0}");
        lattice.AddTo(table);
        return table;
    }

    static string TrainCommand(TrainPlan plan) => $"boltzmann train rbm --data family.fasta --hidden {plan.Hidden[0]} --hidden-units "
        + $"{plan.HiddenUnits[0]} --weights {plan.Weights} --l1b {plan.L1b:R} --steps {plan.Steps[0]:R} --epochs {plan.Epochs} "
        + $"--batch-size {plan.BatchSize} --learning-rate {plan.LearningRate[0]:R} --l2 0 --out runs/family";

    static string TrainPottsCommand(TrainPlan plan) => $"boltzmann train bm --data family.fasta --weights {plan.Weights} --method pl "
        + $"--l2 {plan.L2:R} --epochs {plan.Epochs} --batch-size {plan.BatchSize} --optimizer adam --learning-rate "
        + $"{plan.LearningRate[0]:R} --validation-rows 0 --out runs/potts";

    internal static string WithError(IEnumerable<double> values)
    {
        var score = new Score([.. values]);
        return score.PerRow.Count == 1 ? $"{score.Mean:F2}" : $"{score.Mean:F2} ± {score.StandardError:F2}";
    }
}
