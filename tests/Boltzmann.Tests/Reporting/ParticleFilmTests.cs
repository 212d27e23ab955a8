using Boltzmann.Tests.Training;

namespace Boltzmann.Tests.Reporting;

/// <summary>Films of chains: their frames, and the sweeps between them.</summary>
public class ParticleFilmTests
{
    [Fact]
    public void A_film_has_a_frame_for_each_number_of_sweeps_and_moves_the_chains_as_far_as_the_last()
    {
        Rbm model = Teaching.Bernoulli(6, 3);
        State chains = Start(model), same = Start(model);
        byte[] film = ParticleFilm.Record(model, chains, [0, 1, 4], new ImageShape(3, 2), new Rng(2));
        Gibbs.Sweep(model, same, 4, new Rng(2));
        Assert.Equal(same[0].ToArray(), chains[0].ToArray());
        Assert.Equal(1, Count(film, "acTL"));
        Assert.Equal(3, Count(film, "fcTL"));
    }

    [Fact]
    public void The_first_frame_after_no_sweeps_shows_the_chains_as_they_are()
    {
        Rbm model = Teaching.Bernoulli(6, 3);
        State chains = Start(model);
        byte[] film = ParticleFilm.Record(model, chains, [0], new ImageShape(3, 2), new Rng(2), delayMs: 2000);
        Assert.Equal(Apng.Encode([ImageSheet.Grey(Start(model)[0], new ImageShape(3, 2))], 2000), film);
    }

    [Fact]
    public void Frames_show_the_columns_of_all_visible_layers_and_spins_from_black_to_white()
    {
        var model = new LayeredModel([new SpinLayer(4), new SpinLayer(2), new BernoulliLayer(2)], [(0, 2), (1, 2)], [0, 1]);
        var chains = new State(model, 1);
        model.SetRows(chains, Matrix.Row([-1, 1, 1, -1, 1, -1]));
        Matrix shown = Matrix.Row([0, 1, 1, 0, 1, 0]);
        Assert.Equal(Apng.Encode([ImageSheet.Grey(shown, new ImageShape(3, 2))], 2000),
            ParticleFilm.Record(model, chains, [0], new ImageShape(3, 2), new Rng(2)));
        // Without weights or biases every mean is 0, halfway between.
        shown.Fill(0.5);
        Assert.Equal(Apng.Encode([ImageSheet.Grey(shown, new ImageShape(3, 2))], 2000),
            ParticleFilm.Record(model, chains, [1], new ImageShape(3, 2), new Rng(2)));
    }

    [Fact]
    public void Sweeps_that_do_not_rise_are_refused()
    {
        Rbm model = Teaching.Bernoulli(6, 3);
        foreach (int[] sweeps in new int[][] { [], [1, 1], [-1, 2], [3, 2] })
            Assert.Contains("rising numbers of sweeps", Assert.Throws<ArgumentException>(() => ParticleFilm.Record(model, Start(model),
                sweeps, new ImageShape(3, 2), new Rng(1))).Message);
    }

    static State Start(Rbm model)
    {
        var chains = new State(model, 4);
        chains[0].SetCopy(Teaching.RandomBits(4, 6).ToMatrix(model.Placement));
        return chains;
    }

    static int Count(byte[] bytes, string chunk)
    {
        byte[] name = System.Text.Encoding.ASCII.GetBytes(chunk);
        return Enumerable.Range(0, bytes.Length - 3).Count(i => bytes.AsSpan(i, 4).SequenceEqual(name));
    }
}
