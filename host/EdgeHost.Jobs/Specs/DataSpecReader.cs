using System.Text.Json;
using EdgeHost.Learning.Preprocessing;

namespace EdgeHost.Jobs.Specs;

/// <summary>Reads the part <c>data</c> of a specification.</summary>
internal static class DataSpecReader
{
    private static readonly string[] Personal = ["features_of", "replay", "replay_share"];

    private const int MostModels = 16;
    private const int MaxFileLength = 128;
    private const double LeastShare = 0.05;
    private const double StandardShare = 0.5;

    public static DataSpec Read(JobFields data, JobTask task, bool isPersonal)
    {
        var dataset = data.Text("dataset");
        var inputs = data.Object("inputs");
        var preprocessing = data.Find("preprocessing") is { } steps ? PreprocessingSpec.FromJson(steps.GetRawText()) : new PreprocessingSpec { Steps = [] };
        InlineData? inline = null;
        if (inputs is not null)
        {
            IReadOnlyList<string>? labels = task == JobTask.Classify ? [.. data.List("labels").Select(label => LabelOf(data, label))] : null;
            JsonElement? targets = task == JobTask.Regress ? data.Need("targets") : null;
            inline = new InlineData(inputs.Properties().ToDictionary(field => field.Name, field => field.Value), labels, targets);
        }

        List<string> featuresOf = [];
        ReplaySpec? replay = null;
        if (!isPersonal && Personal.FirstOrDefault(name => data.Find(name) is not null) is { } alone)
        {
            throw data.Wrong($"'data.{alone}'", "goes with 'personalises', a version of a shipped model");
        }

        if (isPersonal)
        {
            featuresOf = data.Find("features_of") is null ? [] : ReadModels(data);
            replay = ReadReplay(data);
        }

        data.RefuseOthers();
        if (dataset is null == inline is null) throw data.Wrong("'data'", "must have either 'dataset' or 'inputs'");
        if (task == JobTask.Rank && inline is null) throw data.Wrong("'task'", "is 'rank', which takes inline data only");
        if (inline is not null && preprocessing.Steps.Count > 0) throw data.Wrong("'data.preprocessing'", "goes with a dataset; inline values are taken as they are");
        if (featuresOf.Count > 0 && preprocessing.Steps.Count > 0) throw data.Wrong("'data.preprocessing'", "does not go with 'data.features_of', whose examples are features already");
        return new DataSpec(dataset, featuresOf, replay, preprocessing, inline);
    }

    private static List<string> ReadModels(JobFields data)
    {
        var models = data.List("features_of");
        if (models.Count is 0 or > MostModels) throw data.Wrong("'data.features_of'", $"must name 1 to {MostModels} models");
        return
        [
            .. models.Select(model => model.ValueKind == JsonValueKind.String && model.GetString() is { } id && JobSpecReader.IsName(id)
                ? id
                : throw data.Wrong("'data.features_of'", $"has {model.GetRawText()}, which is no id of a model")),
        ];
    }

    private static ReplaySpec? ReadReplay(JobFields data)
    {
        var file = data.Text("replay");
        var share = data.Number("replay_share", LeastShare, 1 - LeastShare);
        if (file is null) return share is null ? null : throw data.Wrong("'data.replay_share'", "goes with 'data.replay', which is missing");
        var isName = file.Length is > 0 and <= MaxFileLength && file[0] != '.' && file.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
        if (!isName) throw data.Wrong("'data.replay'", "must be the name of a file of the shipped model, without folders");
        return new ReplaySpec(file, share ?? StandardShare);
    }

    private static string LabelOf(JobFields data, JsonElement label) => label.ValueKind switch
    {
        JsonValueKind.String when label.GetString() is { Length: > 0 and <= 256 } text => text,
        JsonValueKind.Number => label.GetRawText(),
        _ => throw data.Wrong("'data.labels'", "must be texts of 1 to 256 characters, or numbers"),
    };
}
