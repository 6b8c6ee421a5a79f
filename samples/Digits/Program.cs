using System.Globalization;
using Digits;
using EdgeHost;
using EdgeHost.Capabilities.Training;
using EdgeHost.Client;

// Handwritten digits: ten thousand examples, a small convolutional network, and what it makes of some digits.
const string App = "digits-sample";
const string Purpose = "learning";
const string Dataset = "digits";
const int Batch = 500;

var folder = args.Length > 0 ? args[0] : Path.Combine(EdgeHostPaths.Home, "samples", "digits");
var digits = await DigitFiles.ReadAsync(folder);
try
{
    await using var client = await EdgeHostClient.ConnectAsync(new EdgeHostClientOptions { AppName = App });
    foreach (var page in digits.Chunk(Batch))
    {
        await client.Training.RecordAsync(new RecordExamplesRequest
        {
            Dataset = Dataset,
            Purpose = Purpose,
            Kind = ExampleKind.Features,
            Examples = [.. page.Select(static digit => new Example { Features = digit.Pixels, Label = digit.Label })],
        });
    }

    Console.WriteLine($"{digits.Count} digits recorded.");
    var job = await client.Training.StartAsync(DigitSpec.Json);
    await foreach (var progress in client.Training.WatchAsync(job.Id))
    {
        job = progress.Job;
        foreach (var point in progress.Points.Where(static point => point.ValidationLoss is not null))
        {
            Console.WriteLine($"step {point.Step} of {job.Of}: loss {Text(point.Loss)}, validation {Text(point.ValidationLoss!.Value)}, {point.ValidationAccuracy:P1} right");
        }
    }

    if (job.State != TrainingJobState.Done) throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The job ended as {job.State}: {job.Reason}");
    Console.WriteLine($"{job.Metrics!.Accuracy:P2} of {job.Metrics.Examples} digits that it never saw are right, after {Text(job.Seconds)} s on the processor.");
    foreach (var digit in digits.Where(static (_, number) => number % 2003 == 0))
    {
        var answer = await client.Training.PredictAsync(new PredictRequest { Model = Dataset, Inputs = [new PredictInput { Features = digit.Pixels }] });
        foreach (var row in Drawing.Of(digit.Pixels)) Console.WriteLine(row);
        Console.WriteLine($"is {digit.Label}, said {answer.Predictions[0].Label} ({Text(answer.Predictions[0].Confidence ?? 0)} sure)");
    }

    return 0;
}
catch (EdgeHostException e)
{
    Console.Error.WriteLine(e.Message);
    if (e.Code == ErrorCode.PermissionDenied) Console.Error.WriteLine($"Allow it with: edgehost training consent {App} {Purpose} grant");
    return 1;
}

static string Text(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
