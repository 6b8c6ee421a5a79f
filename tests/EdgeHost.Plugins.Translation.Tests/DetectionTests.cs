using EdgeHost.Capabilities.Translation;

namespace EdgeHost.Plugins.Translation.Tests;

/// <summary>What language short texts are taken for.</summary>
[Collection(nameof(TranslationModels))]
public class DetectionTests(TranslationModels models)
{
    [Theory]
    [InlineData("en", "Hello, my friend. The train leaves at 10:45 from https://x.org/a.")]
    [InlineData("en", "Hello")]
    [InlineData("en", "Good morning")]
    [InlineData("en", "Thank you")]
    [InlineData("en", "I am a student.")]
    [InlineData("en", "Where is the station?")]
    [InlineData("en", "My phone is on the table.")]
    [InlineData("en", "She has two brothers.")]
    [InlineData("en", "Write to jean.dupont@exemple.fr, please.")]
    [InlineData("en", "THE WEATHER IS VERY GOOD TODAY")]
    [InlineData("fr", "Bonjour")]
    [InlineData("fr", "Merci beaucoup")]
    [InlineData("fr", "Je suis étudiant.")]
    [InlineData("fr", "Où est la gare ?")]
    [InlineData("fr", "Il n’est pas là.")]
    [InlineData("fr", "L'addition, s'il vous plaît.")]
    [InlineData("de", "Guten Tag")]
    [InlineData("de", "Wo ist der Bahnhof?")]
    [InlineData("es", "¿Dónde está la estación?")]
    [InlineData("es", "Muchas gracias")]
    [InlineData("it", "Dove è la stazione?")]
    [InlineData("it", "Grazie mille")]
    [InlineData("pt", "Muito obrigado, bom dia")]
    [InlineData("nl", "Dank je wel, goedemorgen")]
    [InlineData("pl", "Dziękuję bardzo, dzień dobry")]
    [InlineData("ru", "Где находится вокзал?")]
    [InlineData("uk", "Дякую, що ти тут, їжаку")]
    [InlineData("el", "Πού είναι ο σταθμός;")]
    [InlineData("ar", "أين المحطة؟")]
    [InlineData("he", "איפה התחנה?")]
    [InlineData("hi", "स्टेशन कहाँ है?")]
    [InlineData("th", "สถานีอยู่ที่ไหน")]
    [InlineData("zh", "车站在哪里？")]
    [InlineData("zh", "我喜欢 iPhone 和 Android 手机。")]
    [InlineData("ja", "駅はどこですか。")]
    [InlineData("ko", "역이 어디에 있습니까?")]
    public async Task ShortTexts_AreTakenForTheirLanguage(string expected, string text)
    {
        var response = await DetectAsync(text);

        Assert.Equal(expected, response.Language);
        Assert.Equal(response.Candidates[0].Confidence, response.Confidence);
        Assert.InRange(response.Confidence, 0.01, 1);
        Assert.InRange(response.Candidates.Count, 1, 5);
    }

    [Theory]
    [InlineData("12345 67.8")]
    [InlineData("😀 !!! ???")]
    [InlineData("https://example.com/page {name} `code`")]
    [InlineData("\u0001\u0002\ud800")]
    public async Task WhatHasNoWords_IsUndetermined(string text)
    {
        var response = await DetectAsync(text);

        Assert.Equal(("und", 0), (response.Language, response.Confidence));
        Assert.Empty(response.Candidates);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\u3000")]
    public async Task EmptyText_IsAnInvalidArgument(string text)
    {
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => DetectAsync(text));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
    }

    private Task<DetectLanguageResponse> DetectAsync(string text)
        => models.Host.CallAsync<DetectLanguageRequest, DetectLanguageResponse>(TranslationMethods.DetectLanguage, new DetectLanguageRequest { Text = text });
}
