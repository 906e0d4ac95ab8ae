using IotGateway.Science.Disease;
using IotGateway.Science.Earth;

namespace IotGateway.Cloud.Disease.Scenarios;

/// <summary>Apiary as a scenario takes it: a site of ours by its visits, or one that a request tells of.</summary>
/// <param name="Id">The site's id.</param>
/// <param name="Name">As people call it.</param>
/// <param name="Place">Position.</param>
/// <param name="Colonies">Living colonies.</param>
/// <param name="Washes">Newest washes, one a colony.</param>
/// <param name="American">Colonies with American foulbrood that still stand.</param>
/// <param name="European">The same of European foulbrood.</param>
internal sealed record SiteApiary(
    string Id, string Name, GeoPoint Place, int Colonies, IReadOnlyList<MiteCount> Washes, int American, int European);

/// <summary>Apiary that is not in a scenario, with the reason.</summary>
internal sealed record LeftOutApiary(string Id, string Name, string Reason);

/// <summary>Apiaries that are near enough in time to be told of together.</summary>
/// <param name="AsOf">Time of what is known of them; null where no time is.</param>
/// <param name="Apiaries">Those that a scenario takes.</param>
/// <param name="Moves">Colonies that went from one to another, as a rate.</param>
/// <param name="LeftOut">The others.</param>
internal sealed record ApiaryGround(
    DateTimeOffset? AsOf, IReadOnlyList<SiteApiary> Apiaries, IReadOnlyList<WeeklyMove> Moves, IReadOnlyList<LeftOutApiary> LeftOut);
