export default { docs: ['index', 'guide', 'about'] };
