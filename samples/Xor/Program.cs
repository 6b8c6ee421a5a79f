using System.Globalization;
using EdgeHost;
using EdgeHost.Capabilities.Training;
using EdgeHost.Client;
using Xor;

// Exclusive or with a 2-3-1 network, the way an app trains anything: record examples, start a job, follow it, ask the model.
const string App = "xor-sample";
const string Purpose = "learning";

(float[] Values, string Label)[] examples = [([0, 0], "0"), ([0, 1], "1"), ([1, 0], "1"), ([1, 1], "0")];
try
{
    await using var client = await EdgeHostClient.ConnectAsync(new EdgeHostClientOptions { AppName = App });
    await client.Training.RecordAsync(new RecordExamplesRequest
    {
        Dataset = "xor",
        Purpose = Purpose,
        Kind = ExampleKind.Features,
        ValidationShare = 0,
        TestShare = 0,
        Examples = [.. examples.Select(static example => new Example { Features = example.Values, Label = example.Label })],
    });
    foreach (var recipe in Recipe.All) await TrainAsync(client, recipe);
    return 0;
}
catch (EdgeHostException e)
{
    Console.Error.WriteLine(e.Message);
    if (e.Code == ErrorCode.PermissionDenied) Console.Error.WriteLine($"Allow it with: edgehost training consent {App} {Purpose} grant");
    return 1;
}

async Task TrainAsync(EdgeHostClient client, Recipe recipe)
{
    Console.WriteLine(recipe.Name);
    var job = await client.Training.StartAsync(recipe.ToSpec());
    var losses = new List<double>();
    await foreach (var progress in client.Training.WatchAsync(job.Id))
    {
        losses.AddRange(progress.Points.Select(static point => point.Loss));
        job = progress.Job;
    }

    if (job.State != TrainingJobState.Done) throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The job ended as {job.State}: {job.Reason}");
    Console.WriteLine($"  loss {Sparkline.Of(losses, 60)} {Text(job.Metrics!.Loss)}, {job.Metrics.Accuracy:P0} right, {Text(job.Seconds)} s");
    var answer = await client.Training.PredictAsync(new PredictRequest { Model = recipe.Model, Inputs = [.. examples.Select(static example => new PredictInput { Features = example.Values })] });
    foreach (var (example, prediction) in examples.Zip(answer.Predictions))
    {
        Console.WriteLine($"  {example.Values[0]:0} xor {example.Values[1]:0} = {prediction.Label}   ({Text(prediction.Confidence ?? 0)} sure)");
    }
}

static string Text(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
