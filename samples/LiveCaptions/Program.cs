using EdgeHost;
using EdgeHost.Capabilities.Speech;
using EdgeHost.Client;
using LiveCaptions;

// Captions of what is said, in the terminal: grey while they may change, plain when they are final.
//   LiveCaptions                      the microphone
//   LiveCaptions talk.wav [SPEED]     a file, played in real time or SPEED times as fast
try
{
    var input = args.Length == 0 ? AudioInput.Microphone() : AudioInput.File(args[0], args.Length > 1 ? double.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 1);
    await using var client = await EdgeHostClient.ConnectAsync(new EdgeHostClientOptions { AppName = "live-captions" });
    await using var call = await client.Speech.OpenTranscriptionAsync(
        new TranscribeStreamRequest { Format = input.Format, SampleRateHz = input.SampleRateHz, Channels = input.Channels }, new CallOptions { Priority = CallPriority.Interactive });
    var hearing = HearAsync(call, input);
    var line = new CaptionLine(Console.Out, isTerminal: !Console.IsOutputRedirected);
    await foreach (var item in call.ReadAllAsync()) line.Show(item);
    await hearing;
    var end = await call.ResponseAsync();
    Console.Error.WriteLine($"{end.Segments} captions of {end.DurationMs / 1000.0:0.0} s, by {string.Join(", ", end.Models)}");
    return 0;
}
catch (Exception e) when (e is EdgeHostException or IOException or InvalidDataException or System.ComponentModel.Win32Exception or FormatException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

static async Task HearAsync(OpenCall<AudioChunk, TranscriptItem, TranscribeStreamResponse> call, AudioInput input)
{
    await foreach (var piece in input.Pieces) await call.PushAsync(new AudioChunk { Audio = piece });
    await call.CompleteAsync();
}
