using EdgeHost.Plugins.Speech.Training;

if (args is not [var output, var texts, var recordings, var minutes])
{
    Console.Error.WriteLine("speech-training OUTPUT FOLDER-OF-TEXTS FOLDER-OF-RECORDINGS MINUTES: writes embeddings of speech without keywords. Needs espeak-ng and flite.");
    return 2;
}

await NegativeMaker.MakeAsync(output, texts, recordings, double.Parse(minutes, System.Globalization.CultureInfo.InvariantCulture)).ConfigureAwait(false);
return 0;
