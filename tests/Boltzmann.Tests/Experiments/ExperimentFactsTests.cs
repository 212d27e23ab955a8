using Boltzmann.Experiments;

namespace Boltzmann.Tests.Experiments;

/// <summary>What is known of experiments before they run.</summary>
public class ExperimentFactsTests
{
    [Fact]
    public void Every_experiment_has_its_facts_and_every_published_number_a_known_source()
    {
        ExperimentLibrary library = ExperimentFacts.Library;
        Assert.Equal(Experiment.All.Select(experiment => experiment.Name).Order(), library.Experiments.Keys.Order());
        foreach (Experiment experiment in Experiment.All)
            Assert.DoesNotContain("", (string[])[experiment.Description, experiment.Published, experiment.Takes]);
        Reference[] references = [.. library.Experiments.Values.SelectMany(facts => facts.References.Values)];
        Assert.All(references, reference => Assert.NotEqual("", reference.Unit));
        Assert.Equal(library.Sources.Keys.Order(), references.Select(reference => reference.Source).Distinct().Order());
    }

    [Fact]
    public void A_published_number_is_shown_as_it_was_printed()
    {
        Reference plain = ExperimentFacts.Library.Experiments["rbm-mnist"].References["RBF SVM"];
        Assert.Equal(("1.80", 1.8), (plain.Cell, plain.Number));
        Reference noted = ExperimentFacts.Library.Experiments["rbm-mnist-likelihood"].References["CD-25"];
        Assert.Equal(("-86.3 (growing k; same)", -86.3), (noted.Cell, noted.Number));
        Reference series = new("0.5 0.75 1", "share", "a book");
        Assert.Equal([0.5, 0.75, 1], series.Series);
    }
}
