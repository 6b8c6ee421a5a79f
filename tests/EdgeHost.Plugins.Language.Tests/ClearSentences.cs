using EdgeHost.Capabilities.Language;

namespace EdgeHost.Plugins.Language.Tests;

/// <summary>Sentences of clear tone, written for this test, from several walks of life.</summary>
internal static class ClearSentences
{
    public static IReadOnlyList<(string Text, Sentiment Tone)> English { get; } =
    [
        ("The screen is bright, the battery lasts for days, and I love it.", Sentiment.Positive),
        ("The laptop broke after two weeks and support was useless.", Sentiment.Negative),
        ("A warm, funny and beautifully acted film.", Sentiment.Positive),
        ("The plot is dull and the jokes are terrible.", Sentiment.Negative),
        ("Our waiter was friendly and the soup was delicious.", Sentiment.Positive),
        ("The room was dirty and it smelled awful.", Sentiment.Negative),
        ("Thank you so much for your help, you made my day!", Sentiment.Positive),
        ("I have been waiting on hold for three hours. This is ridiculous.", Sentiment.Negative),
        ("What a wonderful concert, I enjoyed every minute.", Sentiment.Positive),
        ("I am so disappointed with this phone.", Sentiment.Negative),
        ("This book is brilliant and moving.", Sentiment.Positive),
        ("The worst service I have ever had.", Sentiment.Negative),
        ("The app doesn't work and keeps crashing.", Sentiment.Negative),
        ("Great value, fast delivery, highly recommended.", Sentiment.Positive),
        ("They lost my luggage again and nobody cares.", Sentiment.Negative),
        ("The staff were kind and the view was amazing.", Sentiment.Positive),
        ("Boring, predictable and far too long.", Sentiment.Negative),
        ("I am happy with the new update, it is much better now.", Sentiment.Positive),
        ("Never buy this vacuum cleaner, it is a waste of money.", Sentiment.Negative),
        ("An excellent teacher who makes mathematics fun.", Sentiment.Positive),
        ("The food was cold and tasteless.", Sentiment.Negative),
        ("I love my new bike, it rides perfectly.", Sentiment.Positive),
        ("What time does the flight to Boston leave tomorrow?", Sentiment.Neutral),
        ("Do you fly from Denver to Chicago on Monday?", Sentiment.Neutral),
    ];

    public static IReadOnlyList<(string Text, Sentiment Tone)> Chinese { get; } =
    [
        ("酒店位置很好，房间干净，服务员也很热情。", Sentiment.Positive),
        ("房间又小又脏，隔音很差，再也不会来了。", Sentiment.Negative),
        ("这本书写得非常好，很感人，值得一看。", Sentiment.Positive),
        ("内容空洞，翻译很差，浪费钱。", Sentiment.Negative),
        ("电脑速度快，外观漂亮，性价比很高。", Sentiment.Positive),
        ("用了三天就死机，客服态度恶劣，太失望了。", Sentiment.Negative),
        ("今天和朋友一起吃火锅，真开心！", Sentiment.Positive),
        ("堵车堵了两个小时，气死我了。", Sentiment.Negative),
        ("终于拿到奖学金了，太高兴了！", Sentiment.Positive),
        ("一个人在医院打针，好难过，好想哭。", Sentiment.Negative),
        ("谢谢大家的祝福，我会更加努力。", Sentiment.Positive),
        ("手机又丢了，真倒霉。", Sentiment.Negative),
        ("菜的味道很棒，下次还会再来。", Sentiment.Positive),
        ("等了一个小时菜还没上，服务太差了。", Sentiment.Negative),
        ("阳光明媚的早晨，心情特别好。", Sentiment.Positive),
        ("散热不好，风扇声音很大，键盘也很烂。", Sentiment.Negative),
        ("孩子非常喜欢这套书，推荐购买。", Sentiment.Positive),
        ("你们这种骗人的公司真恶心。", Sentiment.Negative),
        ("前台小姐微笑服务，早餐也很丰富，非常满意。", Sentiment.Positive),
        ("这么晚了还要加班，烦死了。", Sentiment.Negative),
        ("祝你生日快乐，永远幸福！", Sentiment.Positive),
        ("半夜听到奇怪的声音，吓死我了，好害怕。", Sentiment.Negative),
        ("该公司成立于一九九八年，总部位于上海。", Sentiment.Neutral),
        ("会议将于明天上午在北京举行。", Sentiment.Neutral),
    ];
}
