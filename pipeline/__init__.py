"""Veiligheidsbeeld: from open figures about safety to a static site, one verb a stage."""
