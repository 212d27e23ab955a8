namespace Boltzmann.Tests;

/// <summary>The folder of a run.</summary>
public sealed class RunFolderTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static RunSettings Settings(int hidden = 10) => new() { ["model"] = "rbm", ["hidden"] = hidden };

    RunFolder Finished(string name, int hidden = 10)
    {
        RunFolder run = RunFolder.Create(folder[name], Settings(hidden));
        ModelFile.Save(run.ModelPath, new Rbm(new BernoulliLayer(2), new BernoulliLayer(2)));
        run.Finish();
        return run;
    }

    [Fact]
    public void A_new_folder_appears_with_its_settings_and_the_folders_above_it()
    {
        RunFolder run = RunFolder.Create(folder["runs/deep/a/"], Settings());
        Assert.Equal(["settings.json"], Directory.EnumerateFileSystemEntries(folder["runs/deep/a"]).Select(Path.GetFileName));
        Assert.Equal(["a"], Directory.EnumerateFileSystemEntries(folder["runs/deep"]).Select(Path.GetFileName));
        Assert.Empty(RunFolder.Open(run.Path).Settings.Differences(Settings()));
        Assert.False(run.Settings.Finished);
    }

    [Fact]
    public void An_empty_folder_is_used()
    {
        Directory.CreateDirectory(folder["a"]);
        RunFolder.Create(folder["a"], Settings());
        Assert.True(File.Exists(folder["a/settings.json"]));
    }

    [Fact]
    public void A_folder_that_is_taken_is_refused_and_left_as_it_was()
    {
        Finished("a");
        BadInputException e = Assert.Throws<BadInputException>(() => RunFolder.Create(folder["a"], Settings(11)));
        Assert.Contains("other settings (hidden); --resume", e.Message);
        Assert.Contains("the same settings", Assert.Throws<BadInputException>(() => RunFolder.Create(folder["a"], Settings())).Message);
        Assert.NotNull(RunFolder.FindFinished(folder["a"], Settings()));

        Directory.CreateDirectory(folder["b"]);
        File.WriteAllText(folder["b/letter.txt"], "");
        Assert.Contains("is not empty", Assert.Throws<BadInputException>(() => RunFolder.Create(folder["b"], Settings())).Message);
        Assert.Contains("is a file", Assert.Throws<BadInputException>(() => RunFolder.Create(folder["b/letter.txt"], Settings(),
            force: true)).Message);
        Assert.Contains("cannot be written",
            Assert.Throws<BadInputException>(() => RunFolder.Create(folder["b/letter.txt/c"], Settings())).Message);
        Assert.Equal(["a", "b"], folder.Names);
    }

    [Fact]
    public void Force_replaces_a_run_and_keeps_files_of_other_names()
    {
        RunFolder old = Finished("a");
        foreach (string name in (string[])["letter.txt", "metrics.csv", "filters.png", "model.safetensors.tmp-7-1"])
            File.WriteAllText(Path.Combine(old.Path, name), "");
        RunFolder run = RunFolder.Create(old.Path, Settings(11), force: true);
        Assert.Equal(["letter.txt", "settings.json"], Directory.EnumerateFiles(run.Path).Select(Path.GetFileName).Order());
        Assert.Equal(11, RunFolder.Open(run.Path).Settings.Integer("hidden"));
        Assert.Null(RunFolder.FindFinished(run.Path, Settings(11)));
    }

    [Fact]
    public void A_finished_run_is_found_by_its_settings()
    {
        Finished("a", 10);
        Finished("b", 11);
        RunFolder.Create(folder["c"], Settings(12));
        Directory.CreateDirectory(folder["0 broken"]);
        File.WriteAllText(folder["0 broken/settings.json"], "{");
        Assert.Throws<BadInputException>(() => RunFolder.FindFinished(folder["0 broken"], Settings()));
        Assert.Equal(folder["a"], RunFolder.FindFinished(folder["a"], Settings(10))?.Path);
        Assert.Null(RunFolder.FindFinished(folder["a"], Settings(11)));
        Assert.Null(RunFolder.FindFinished(folder["absent"], Settings()));
        Assert.Equal(folder["b"], RunFolder.FindFinishedUnder(folder.Path, Settings(11))?.Path);
        Assert.Null(RunFolder.FindFinishedUnder(folder.Path, Settings(12)));
        Assert.Null(RunFolder.FindFinishedUnder(folder["absent"], Settings()));
        File.Delete(folder["a/model.safetensors"]);
        Assert.Null(RunFolder.FindFinished(folder["a"], Settings(10)));
    }

    [Fact]
    public void A_run_resumes_from_its_checkpoint_with_settings_that_may_change()
    {
        RunFolder run = Finished("a");
        Assert.Contains("no checkpoint", Assert.Throws<BadInputException>(() => RunFolder.Resume(run.Path)).Message);
        File.WriteAllText(run.CheckpointPath, "");
        File.WriteAllText(run.CheckpointPath + ".tmp-99-1", "");
        RunFolder resumed = RunFolder.Resume(run.Path);
        Assert.False(File.Exists(run.CheckpointPath + ".tmp-99-1"));
        RunSettings more = resumed.Settings;
        more["epochs"] = 20;
        resumed.Change(more);
        RunFolder read = RunFolder.Open(run.Path);
        Assert.Equal(20, read.Settings.Integer("epochs"));
        Assert.False(read.Settings.Finished);
        Assert.Contains("no such run folder", Assert.Throws<BadInputException>(() => RunFolder.Resume(folder["absent"])).Message);
    }

    [Theory]
    [InlineData("digits", "rbm-digits-20260131-154500")]
    [InlineData("/data/my faces.npy", "rbm-my-faces-20260131-154500")]
    [InlineData("train-images-idx3-ubyte.gz", "rbm-train-images-idx3-ubyte-20260131-154500")]
    public void The_default_name_tells_model_data_and_time(string data, string expected)
    {
        var time = new DateTimeOffset(2026, 1, 31, 15, 45, 0, TimeSpan.Zero);
        string path = RunFolder.DefaultPath("rbm", data, time, folder.Path);
        Assert.Equal(folder[expected], path);
        RunFolder.Create(path, Settings());
        Assert.Equal(folder[expected + "-2"], RunFolder.DefaultPath("rbm", data, time, folder.Path));
    }
}
