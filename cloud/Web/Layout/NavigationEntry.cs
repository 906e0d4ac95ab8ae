namespace IotGateway.Cloud.Web.Layout;

/// <summary>Link in every page's main navigation, registered by the room that has the page.</summary>
/// <param name="Key">The name by which a page says that it belongs here.</param>
/// <param name="Name">As written.</param>
/// <param name="Address">Of the page.</param>
/// <param name="Order">Ascending from left to right.</param>
internal sealed record NavigationEntry(string Key, string Name, string Address, int Order);
