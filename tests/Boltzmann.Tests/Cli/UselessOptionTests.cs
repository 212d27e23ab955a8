namespace Boltzmann.Tests.Cli;

/// <summary>An option that can do nothing beside the others is refused; one that was not given is not.</summary>
public sealed class UselessOptionTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("rbm --method cd --chains 50", "--chains is for --method pcd, fpcd or pt, not cd")]
    [InlineData("rbm --temperatures 5", "--temperatures is for --method pt, not pcd")]
    [InlineData("rbm --sample-visible", "--sample-visible is for --method cd, not pcd")]
    [InlineData("rbm --doubled up", "--doubled is for --method cd, not pcd")]
    [InlineData("dbm --method mp --mean-field-damping 0.5", "--mean-field-damping is for --method pcd, fpcd or pt, not mp")]
    [InlineData("rbm --threshold 0.3", "--threshold does nothing without --binarize threshold")]
    [InlineData("rbm --sparsity-target 0.2", "--sparsity-target does nothing without --sparsity-cost above 0")]
    [InlineData("rbm --patience 3", "--patience does nothing without --early-stopping")]
    [InlineData("rbm --sigma 2", "--sigma does nothing without gaussian, relu or drelu units")]
    [InlineData("rbm --hidden-units drelu --learn-precision true", "--learn-precision does nothing without gaussian or relu units")]
    [InlineData("rbm --categories 3", "--categories does nothing without multinomial units")]
    [InlineData("dbn --objective discriminative", "--objective does nothing without --labels")]
    [InlineData("dbn --epochs 3 --layer-epochs 2 1", "--epochs does nothing beside --layer-epochs")]
    [InlineData("rbm --stratify --validation-rows 0", "--stratify does nothing without held-out rows")]
    [InlineData("rbm --label-column kind", "--label-column is for tables; digits is a named set")]
    [InlineData("rbm --early-stopping validation-accuracy", "early stopping watches 'validation-accuracy', which is not among the metrics")]
    public void Training_refuses_it(string arguments, string because)
    {
        CommandLine.Run(["train", .. arguments.Split(' '), "--out", folder["x"]]).IsRefused(because);
        Assert.Empty(folder.Names);
    }

    [Theory]
    [InlineData("evaluate model --method exact --betas 100", "--betas does nothing here: it is for --method ais")]
    [InlineData("transform model --map-rows 100", "--map-rows does nothing without --map")]
    [InlineData("data show demo --rows 5", "--rows does nothing without --out")]
    public void Other_commands_refuse_it(string arguments, string because)
    {
        CommandLine.Succeed("train", "rbm", "--data", "demo", "--hidden", "2", "--epochs", "1", "--quiet", "--out", folder["run"]);
        CommandLine.Run([.. arguments.Replace("model", folder["run"]).Split(' ')]).IsRefused(because);
    }

    [Theory]
    [InlineData("train rbm --data minst", "did you mean 'mnist'?")]
    [InlineData("data get mushroom", "did you mean 'mushrooms'?")]
    [InlineData("train rbm --data demo --metrics reconstruction-eror", "did you mean 'reconstruction-error'?")]
    [InlineData("train rbm --data demo --visible-units bernouli", "did you mean 'bernoulli'?")]
    [InlineData("evaluate model --metrics elb", "did you mean 'elbo'?")]
    public void Mistyped_names_are_met_with_what_was_meant(string arguments, string because) =>
        CommandLine.Run([.. arguments.Split(' ')]).IsRefused(because);

    [Fact]
    public void A_mistyped_column_is_met_with_the_columns_name()
    {
        File.WriteAllText(folder["table.csv"], "width,height,kind\n0,1,a\n1,0,b\n");
        CommandLine.Run("train", "rbm", "--data", folder["table.csv"], "--label-column", "knid").IsRefused("did you mean 'kind'?");
    }

    [Fact]
    public void Files_beside_the_rows_are_named_where_the_rows_are()
    {
        CommandLine.Succeed("train", "rbm", "--data", "bars-and-stripes", "--hidden", "2", "--epochs", "1", "--quiet", "--out",
            folder["run"]);
        string[] sample = ["sample", folder["run"], "--count", "4", "--sweeps", "3", "--animation", folder["film.png"]];
        CommandLine named = CommandLine.Succeed([.. sample, "--out", folder["rows.csv"]]);
        Assert.Contains($"animation written to {folder["film.png"]}", named.Output);
        CommandLine rows = CommandLine.Succeed(sample);
        Assert.Contains($"animation written to {folder["film.png"]}", rows.Error);
        Assert.DoesNotContain("written", rows.Output);
        Assert.Equal(folder["film.png"], CommandLine.Succeed([.. sample, "--json"]).Json["animation"]!.GetValue<string>());
    }
}
