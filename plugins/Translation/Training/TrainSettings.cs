using EdgeHost.Plugins.Translation.Training.Texts;

namespace EdgeHost.Plugins.Translation.Training;

/// <summary>What a training is made with. Immutable.</summary>
internal sealed record TrainSettings
{
    /// <summary>The folder whose vocabulary and sizes the model has.</summary>
    public required string Vocabulary { get; init; }

    /// <summary>The folder whose numbers it begins with; null for random ones.</summary>
    public string? Begin { get; init; }

    /// <summary>Where checkpoints, the learning curve and the model go.</summary>
    public required string Output { get; init; }

    /// <summary>Files of pairs, and how often each counts.</summary>
    public required IReadOnlyList<(string Path, int Times)> Files { get; init; }

    /// <summary>Whether the second text of a line is translated into the first.</summary>
    public bool IsFromSecond { get; init; }

    /// <summary>The pairs that the result will be measured with and that may not be learned; null for none.</summary>
    public string? Without { get; init; }

    /// <summary>The languages by three letters.</summary>
    public required (string From, string To) Languages { get; init; }

    /// <summary>Pieces of a row on either side.</summary>
    public int Length { get; init; } = 64;

    /// <summary>Rows of a step.</summary>
    public int Batch { get; init; } = 12;

    /// <summary>Steps of the whole training.</summary>
    public int Steps { get; init; } = 8_000;

    /// <summary>The highest rate.</summary>
    public float Rate { get; init; } = 8e-4f;

    /// <summary>Steps in which the rate rises.</summary>
    public int WarmUp { get; init; } = 400;

    /// <summary>The share left out after each part.</summary>
    public float Dropout { get; init; } = 0.1f;

    /// <summary>The label smoothing.</summary>
    public float Smoothing { get; init; } = 0.1f;

    /// <summary>How much it counts that the same row is answered differently with another dropout (R-Drop's α); 0 for none. The rows of a step are then half of <see cref="Batch"/>.</summary>
    public float Consistency { get; init; }

    /// <summary>Steps between two looks at how well it goes.</summary>
    public int LookEvery { get; init; } = 1_000;

    /// <summary>Of how many of the last looks the model is the mean.</summary>
    public int Mean { get; init; } = 4;

    /// <summary>What everything random is drawn from.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Reads the command line.</summary>
    public static TrainSettings Of(Arguments arguments)
    {
        var languages = arguments.Text("languages").Split('-');
        if (languages.Length != 2) throw new EdgeHostException(ErrorCode.InvalidArgument, "Give --languages as two codes of three letters, for example fra-eng.");
        var files = arguments.Text("pairs").Split(',');
        var times = (arguments.Optional("times") ?? string.Join(',', files.Select(_ => "1"))).Split(',');
        if (files.Length != times.Length) throw new EdgeHostException(ErrorCode.InvalidArgument, $"Give --times a number for each of the {files.Length} files of --pairs.");
        var settings = new TrainSettings
        {
            Vocabulary = arguments.Text("vocabulary"),
            Output = arguments.Text("out"),
            Files = [.. files.Zip(times, (file, count) => (file, int.Parse(count, System.Globalization.CultureInfo.InvariantCulture)))],
            Languages = (languages[0], languages[1]),
        };
        settings = settings with
        {
            IsFromSecond = arguments.Number("from-second", 0) == 1,
            Begin = arguments.Optional("begin"),
            Without = arguments.Optional("without"),
            Length = arguments.Number("length", settings.Length),
            Batch = arguments.Number("batch", settings.Batch),
            Steps = arguments.Number("steps", settings.Steps),
            Rate = arguments.Share("rate", settings.Rate),
            WarmUp = arguments.Number("warm-up", settings.WarmUp),
            Dropout = arguments.Share("dropout", settings.Dropout),
            Smoothing = arguments.Share("smoothing", settings.Smoothing),
            Consistency = arguments.Share("consistency", settings.Consistency),
            LookEvery = arguments.Number("look-every", settings.LookEvery),
            Mean = arguments.Number("mean", settings.Mean),
            Seed = arguments.Number("seed", settings.Seed),
        };
        if (settings.Consistency > 0 && settings.Batch % 2 != 0) throw new EdgeHostException(ErrorCode.InvalidArgument, $"With --consistency each row is there twice: give --batch an even number, not {settings.Batch}.");
        return settings;
    }

    /// <summary>The pairs.</summary>
    public Corpus Corpus() => Texts.Corpus.Read(Files, IsFromSecond, Without is null ? [] : PairFile.Read(Without, IsFromSecond));
}
